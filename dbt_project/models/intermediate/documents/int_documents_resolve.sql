with

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

stories as (
    select * from {{ ref('stg_language__stories') }}
),

-- A correction by the publisher replaces what the address said before; a better cleaner of ours replaces only
-- the text, so both are versions, and the newest landed one speaks for the address.
versioned as (
    select
        documents.*,
        row_number() over (address order by fetched_at, landed_at, document_id) as version_number,
        count(*) over (partition by collection_key, url) as version_count,
        row_number() over (address order by fetched_at desc, landed_at desc, document_id desc) = 1 as is_latest_version
    from documents
    window address as (partition by collection_key, url)
),

final as (
    select
        versioned.*,
        coalesce(stories.story_id, versioned.document_id) as story_id,
        coalesce(stories.is_story_origin, true) as is_story_origin
    from versioned
    left join stories
        on versioned.document_id = stories.document_id
        and versioned.collection_key = stories.collection_key
)

select * from final
