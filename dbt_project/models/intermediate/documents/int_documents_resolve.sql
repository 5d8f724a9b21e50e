with

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

stories as (
    select * from {{ ref('stg_language__stories') }}
),

outlets as (
    select
        name_key,
        min(actor_key) as outlet_key
    from {{ ref('int_aliases_known') }}
    where actor_key like 'outlet:%'
    group by name_key
),

-- an outlet without a manifest is known by the name that the giver or the page has for it
final as (
    select
        documents.* replace (coalesce(documents.outlet_key, outlets.outlet_key) as outlet_key),
        count(*) over (partition by documents.collection_key, documents.url) as version_count,
        coalesce(stories.story_id, documents.document_id) as story_id,
        coalesce(stories.is_story_origin, true) as is_story_origin
    from documents
    left join stories
        on
            documents.document_id = stories.document_id
            and documents.collection_key = stories.collection_key
    left join outlets
        on {{ name_key('documents.outlet_name') }} = outlets.name_key
)

select * from final
