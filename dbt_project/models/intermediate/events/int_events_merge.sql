-- One row per event mention with the event it belongs to. The event's id is the hash of its earliest mention. A meeting
-- that is only referred to ("the meeting") goes to the last one named before it where several fit.
with

keys as (
    select * from {{ ref('int_event_keys_sign') }}
),

settled as (
    select * from {{ ref('int_event_signatures_settle') }}
),

legs as (
    select * from {{ ref('int_event_legs_link') }}
),

signed as (
    select
        keys.*,
        legs.first_group_id as group_id,
        legs.leg,
        settled.top_count
    from keys
    inner join settled on keys.signature_id = settled.signature_id
    inner join legs on settled.group_id = legs.group_id
),

named_before as (
    select distinct on (referring.document_id, referring.clause_number)
        referring.document_id,
        referring.clause_number,
        named.group_id,
        named.leg
    from signed as referring
    inner join signed as named
        on
            referring.document_id = named.document_id
            and named.family = 'consult'
            and (not named.is_reference or named.top_count = 1)
            and named.sentence_number <= referring.sentence_number
            and named.clause_number != referring.clause_number
    where referring.is_reference and referring.top_count != 1
    order by referring.document_id, referring.clause_number, named.trigger_start desc
),

grouped as (
    select
        signed.* exclude (leg),
        coalesce(named_before.leg, signed.leg) as leg,
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
