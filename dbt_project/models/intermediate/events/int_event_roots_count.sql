-- One row per event: documents, stories and independent roots behind it, and the best grade among its chains.
with

merged as (
    select * from {{ ref('int_events_merge') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

sentence_chains as (
    select * from {{ ref('int_sentence_chains') }}
),

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

final as (
    select
        merged.event_id,
        min(chains.grade) as best_grade,
        count(distinct merged.document_id) as document_count,
        count(distinct documents.story_id) as story_count,
        greatest(count(distinct chains.root_key), 1) as root_count,
        min(documents.published_at) as first_reported_at,
        max(documents.published_at) as last_reported_at
    from merged
    inner join documents on merged.document_id = documents.document_id
    left join sentence_chains
        on
            merged.document_id = sentence_chains.document_id
            and merged.sentence_number = sentence_chains.sentence_number
    left join chains on sentence_chains.chain_id = chains.chain_id
    group by merged.event_id
)

select * from final
