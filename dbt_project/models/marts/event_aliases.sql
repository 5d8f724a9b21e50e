-- An event's id is the hash of its earliest mention: the ids its later mentions would have given stay findable.
with

merged as (
    select * from {{ ref('int_events_merge') }}
),

final as (
    select distinct
        event_id,
        own_event_id as superseded_event_id
    from merged
    where own_event_id != event_id
)

select * from final
