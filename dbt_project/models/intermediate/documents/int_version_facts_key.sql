-- One row per fact of a version that was replaced, or that came in its place, with what makes two versions say the same.
with

replaced as (
    select * from {{ ref('int_versions_replace') }}
),

compared as (
    select document_id from replaced
    union
    select next_document_id from replaced
    union
    select latest_document_id from replaced
),

documents as (
    select
        document_id,
        collection_key
    from {{ ref('int_documents_resolve') }}
    where document_id in (select document_id from compared)
),

statements as (
    select
        'statements' as fact_table,
        attributions.statement_id as fact_id,
        attributions.document_id,
        attributions.char_start,
        attributions.char_end,
        attributions.speaker_actor_key as actor_key,
        null as issue_key,
        null as scope_key,
        null as level,
        null as event_type,
        attributions.speaker_actor_key as sameness,
        ' ' || trim(regexp_replace(lower(attributions.text), '[^\p{L}\p{N}]+', ' ', 'g')) || ' ' as words
    from {{ ref('int_attributions_resolve') }} as attributions
    inner join documents
        on attributions.document_id = documents.document_id
),

events as (
    select
        'event_mentions' as fact_table,
        {{ hash_id(["'event mention'", 'documents.collection_key', 'keys.document_id', 'keys.trigger_start', 'keys.event_type']) }}  -- noqa: LT05
            as fact_id,
        keys.document_id,
        clauses.trigger_start as char_start,
        clauses.trigger_end as char_end,
        null as actor_key,
        null as issue_key,
        null as scope_key,
        null as level,
        keys.event_type,
        concat_ws(' ', keys.family, keys.status, array_to_string(list_sort(keys.parties), ' ')) as sameness,
        null as words
    from {{ ref('int_event_keys_collect') }} as keys
    inner join {{ ref('int_event_clauses_prepare') }} as clauses
        on
            keys.document_id = clauses.document_id
            and keys.clause_number = clauses.clause_number
    inner join documents
        on keys.document_id = documents.document_id
),

-- whose words they are, and whether they are meant for the public, is told by the sentences around them
positions as (
    select
        'position_mentions' as fact_table,
        mentions.position_mention_id as fact_id,
        mentions.document_id,
        mentions.char_start,
        mentions.char_end,
        mentions.actor_key,
        mentions.issue_key,
        mentions.scope_key,
        mentions.level,
        null as event_type,
        concat_ws(
            ' ',
            mentions.actor_key, mentions.issue_key, mentions.scope_key,
            coalesce(mentions.level_min || '-' || mentions.level_max, mentions.modality)
        ) as sameness,
        null as words
    from {{ ref('int_position_mentions_code') }} as mentions
    inner join documents
        on mentions.document_id = documents.document_id
    where not mentions.is_presupposed
),

final as (
    select * from statements
    union all
    select * from events
    union all
    select * from positions
)

select * from final
