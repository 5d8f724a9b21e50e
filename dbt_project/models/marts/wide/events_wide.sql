with

events as (
    select * from {{ ref('events') }}
),

conflicts as (
    select * from {{ ref('conflicts') }}
),

actors as (
    {{ one_per_actor() }}
),

people as (
    select
        participants.event_id,
        participants.role,
        participants.attendance,
        actors.name,
        actors.actor_key
    from {{ ref('event_participants') }} as participants
    inner join actors on participants.actor_id = actors.actor_id
),

listed as (
    select
        event_id,
        count(distinct actor_key) as participant_count,
        string_agg(distinct name, '; ' order by name) as participant_names,
        string_agg(distinct actor_key, '; ' order by actor_key) as participant_keys,
        string_agg(distinct name, '; ' order by name)
        filter (where role in ('initiator', 'organiser', 'visitor')) as initiator_names,
        string_agg(distinct name, '; ' order by name) filter (where role in ('target', 'host')) as target_names,
        string_agg(distinct name, '; ' order by name) filter (where role = 'mediator') as mediator_names,
        string_agg(distinct name, '; ' order by name)
        filter (where role = 'absent' or attendance in ('withdrew', 'declined', 'excluded')) as absent_names
    from people
    group by event_id
),

final as (
    select
        events.event_id,
        events.conflict_key,
        conflicts.name as conflict_name,
        events.event_type,
        events.title,
        events.status,
        events.status_as_of_date,
        events.from_date,
        events.to_date,
        events.date_precision,
        events.plover_event,
        events.plover_mode,
        events.act_code,
        events.cameo_code,
        events.cameo_root,
        events.quad_class,
        events.goldstein,
        events.place_name,
        events.country_iso3,
        events.latitude,
        events.longitude,
        listed.initiator_names,
        listed.target_names,
        listed.mediator_names,
        listed.absent_names,
        listed.participant_names,
        listed.participant_keys,
        cast(coalesce(listed.participant_count, 0) as bigint) as participant_count,
        events.parent_event_id,
        parents.title as parent_title,
        events.best_grade,
        events.document_count,
        events.story_count,
        events.root_count,
        events.first_reported_at,
        events.last_reported_at
    from events
    left join conflicts on events.conflict_key = conflicts.conflict_key
    left join listed on events.event_id = listed.event_id
    left join events as parents on events.parent_event_id = parents.event_id
)

select * from final
