-- Whether a document is about a war or the talks about one: it touches an issue or a coded event of the field.
with

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

touched as (
    select document_id from {{ ref('int_event_mentions_code') }}
    union
    select document_id from {{ ref('int_position_mentions_code') }}
),

final as (
    select
        documents.*,
        touched.document_id is not null as is_relevant
    from documents
    left join touched
        on documents.document_id = touched.document_id
)

select * from final
