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

named as (
    select
        documents.*,
        {{ name_key("nullif(trim(outlet_name), '')") }} as outlet_name_key
    from documents
),

-- An outlet without a manifest is known by the name that the giver or the page has for it. `outlet_key` is that of an
-- outlet that a seed or a manifest knows; `publisher_key` is one made of the name where none does.
final as (
    select
        named.* exclude (outlet_name_key) replace (coalesce(named.outlet_key, outlets.outlet_key) as outlet_key),
        coalesce(
            named.outlet_key, outlets.outlet_key,
            'outlet:' || coalesce(nullif({{ slug('named.outlet_name_key') }}, ''), left(md5(named.outlet_name_key), 12))
        ) as publisher_key,
        count(*) over (partition by named.collection_key, named.url) as version_count,
        coalesce(stories.story_id, named.document_id) as story_id,
        coalesce(stories.is_story_origin, true) as is_story_origin
    from named
    left join stories
        on
            named.document_id = stories.document_id
            and named.collection_key = stories.collection_key
    left join outlets
        on named.outlet_name_key = outlets.name_key
)

select * from final
