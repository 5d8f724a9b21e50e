with

merged as (
    select * from {{ ref('int_events_merge') }}
),

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

texts as (
    select * from {{ ref('int_event_texts_read') }}
),

sentence_chains as (
    select
        document_id,
        sentence_number,
        min(chain_id) as chain_id
    from {{ ref('int_sentence_chains') }}
    group by document_id, sentence_number
),

documents as (
    select
        document_id,
        collection_key,
        body,
        rights
    from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

final as (
    select
        merged.event_mention_id,
        merged.event_id,
        merged.document_id,
        merged.sentence_number,
        clauses.trigger_start,
        clauses.trigger_end,
        if(
            documents.rights = 'metadata_only', null,
            substr(documents.body, clauses.trigger_start + 1, clauses.trigger_end - clauses.trigger_start)
        ) as trigger_text,
        if(documents.rights = 'metadata_only', null, texts.initiator_text) as initiator_text,
        if(documents.rights = 'metadata_only', null, texts.target_text) as target_text,
        merged.status,
        clauses.is_negated,
        clauses.modal as modality,
        mentions.rule_key,
        sentence_chains.chain_id
    from merged
    inner join mentions
        on
            merged.document_id = mentions.document_id
            and merged.clause_number = mentions.clause_number
    inner join clauses
        on
            merged.document_id = clauses.document_id
            and merged.clause_number = clauses.clause_number
    inner join documents
        on
            merged.document_id = documents.document_id
            and merged.collection_key = documents.collection_key
    left join texts
        on
            merged.document_id = texts.document_id
            and merged.clause_number = texts.clause_number
    left join sentence_chains
        on
            merged.document_id = sentence_chains.document_id
            and merged.sentence_number = sentence_chains.sentence_number
)

select * from final
