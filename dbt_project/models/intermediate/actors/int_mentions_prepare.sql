-- Mentions of the documents that count, with day and collection. One row per mention.
with

mentions as (
    select * from {{ ref('stg_language__mentions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

final as (
    select
        mentions.*,
        documents.collection_key,
        documents.published_at,
        documents.published_date,
        {{ name_key('mentions.entity_name') }} as entity_key
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
)

select * from final
