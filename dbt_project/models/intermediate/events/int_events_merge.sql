-- One row per event mention with the event it belongs to. The event's id is the hash of its earliest mention. A meeting
-- that is only referred to ("the meeting") goes to the last one named before it where several fit.
with

keys as (
    select * from {{ ref('int_event_keys_collect') }}
),

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

settled as (
    select * from {{ ref('int_event_signatures_settle') }}
),

signed as (
    select
        keys.*,
        signatures.signature_id,
        settled.group_id,
        settled.top_count
    from keys
    inner join signatures
        on
            keys.collection_key = signatures.collection_key
            and keys.family = signatures.family
            and keys.parties = signatures.parties
            and keys.place_name is not distinct from signatures.place_name
            and keys.country_iso3 is not distinct from signatures.country_iso3
            and keys.round is not distinct from signatures.round
            and keys.window_from = signatures.window_from
            and keys.window_to = signatures.window_to
            and keys.fineness = signatures.fineness
            and (signatures.only_document_id is null or signatures.only_document_id = keys.document_id)
    inner join settled on signatures.signature_id = settled.signature_id
),

named_before as (
    select distinct on (referring.document_id, referring.clause_number)
        referring.document_id,
        referring.clause_number,
        named.group_id
    from signed as referring
    inner join signed as named
        on
            referring.document_id = named.document_id
            and named.family = 'consult'
            and not named.is_reference
            and named.sentence_number <= referring.sentence_number
            and named.clause_number != referring.clause_number
    where referring.is_reference and referring.top_count != 1
    order by referring.document_id, referring.clause_number, named.trigger_start desc
),

grouped as (
    select
        signed.*,
        coalesce(named_before.group_id, signed.group_id) as final_group_id
    from signed
    left join named_before
        on
            signed.document_id = named_before.document_id
            and signed.clause_number = named_before.clause_number
),

final as (
    select
        * exclude (group_id, top_count),
        {{ hash_id(["'event mention'", 'collection_key', 'document_id', 'trigger_start', 'event_type']) }}
            as event_mention_id,
        first_value({{ hash_id(["'event'", 'collection_key', 'document_id', 'trigger_start', 'family']) }}) over (
            partition by collection_key, final_group_id
            order by published_at asc nulls last, document_id asc, trigger_start asc, clause_number asc
        ) as event_id,
        {{ hash_id(["'event'", 'collection_key', 'document_id', 'trigger_start', 'family']) }} as own_event_id
    from grouped
)

select * from final
