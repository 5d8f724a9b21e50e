-- One row per event inside another: an offer made during a meeting, a withdrawal from one.
with

merged as (
    select * from {{ ref('int_events_merge') }}
),

circumstances as (
    select * from {{ ref('int_event_circumstances_collect') }}
    where distance = 1
),

attendance as (
    select * from {{ ref('int_event_attendance_resolve') }}
),

inside as (
    select
        merged.event_id,
        outer_events.event_id as parent_event_id,
        merged.published_at,
        merged.document_id,
        merged.trigger_start
    from merged
    inner join circumstances
        on
            merged.document_id = circumstances.document_id
            and merged.clause_number = circumstances.clause_number
    inner join merged as outer_events
        on
            circumstances.document_id = outer_events.document_id
            and circumstances.context_number = outer_events.clause_number
    where merged.event_id != outer_events.event_id and outer_events.family = 'consult'
    union all
    select
        merged.event_id,
        attendance.event_id as parent_event_id,
        merged.published_at,
        merged.document_id,
        merged.trigger_start
    from merged
    inner join attendance
        on
            merged.document_id = attendance.document_id
            and merged.clause_number = attendance.clause_number
),

final as (
    select distinct on (event_id)
        event_id,
        parent_event_id
    from inside
    order by event_id, published_at asc nulls last, document_id, trigger_start, parent_event_id
)

select * from final
