with

documents as (
    select * from {{ ref('int_documents_rate') }}
),

final as (
    select
        document_id,
        collection_key,
        url,
        publisher_key as outlet_key,
        title,
        author,
        published_at,
        published_date,
        published_basis,
        fetched_at,
        language_code,
        cast(word_count as bigint) as word_count,
        text_sha256,
        story_id,
        is_story_origin,
        cast(version_count as bigint) as version_count,
        version_cause,
        is_latest_version,
        is_relevant,
        rights
    from documents
)

select * from final
