-- Who was said to attend, skip or leave a meeting, with the meeting: the one last named before, else the next in the text.
with

found as (
    select distinct
        document_id,
        clause_number,
        direction,
        attendance
    from {{ ref('int_event_references_find') }}
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

participants as (
    select * from {{ ref('int_event_participants_resolve') }}
    where role = 'initiator'
),

merged as (
    select * from {{ ref('int_events_merge') }}
    where family = 'consult'
),

final as (
    select distinct on (found.document_id, found.clause_number, participants.head_start)
        merged.event_id,
        merged.collection_key,
        found.document_id,
        found.clause_number,
        clauses.published_at,
        clauses.published_date,
        clauses.trigger_start,
        participants.actor_id,
        participants.actor_key,
        participants.on_behalf_key,
        participants.name,
        if(found.attendance in ('withdrew', 'declined', 'excluded'), 'absent', 'participant') as role,
        found.attendance
    from found
    inner join clauses
        on
            found.document_id = clauses.document_id
            and found.clause_number = clauses.clause_number
    inner join participants
        on
            found.document_id = participants.document_id
            and found.clause_number = participants.clause_number
    inner join merged on found.document_id = merged.document_id
    order by
        found.document_id, found.clause_number, participants.head_start,
        merged.trigger_start <= clauses.trigger_start desc,
        abs(merged.trigger_start - clauses.trigger_start), merged.clause_number,
        participants.actor_key, participants.on_behalf_key, participants.name
)

select * from final
