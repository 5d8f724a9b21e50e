-- One row per event: the conflict that most of its documents are about.
with

merged as (
    select distinct
        event_id,
        document_id
    from {{ ref('int_events_merge') }}
),

conflicts as (
    select * from {{ ref('int_conflicts_detect') }}
),

counted as (
    select
        merged.event_id,
        conflicts.conflict_key,
        count(*) as document_count
    from merged
    inner join conflicts on merged.document_id = conflicts.document_id
    group by merged.event_id, conflicts.conflict_key
),

final as (
    select distinct on (event_id)
        event_id,
        conflict_key
    from counted
    order by event_id, document_count desc, conflict_key
)

select * from final
