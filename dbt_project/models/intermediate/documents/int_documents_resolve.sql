with

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

stories as (
    select * from {{ ref('stg_language__stories') }}
),

final as (
    select
        documents.*,
        count(*) over (partition by documents.collection_key, documents.url) as version_count,
        coalesce(stories.story_id, documents.document_id) as story_id,
        coalesce(stories.is_story_origin, true) as is_story_origin
    from documents
    left join stories
        on
            documents.document_id = stories.document_id
            and documents.collection_key = stories.collection_key
)

select * from final
