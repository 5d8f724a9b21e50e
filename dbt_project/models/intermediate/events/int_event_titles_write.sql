-- One row per event: a generated title, who did what to whom, where, when. A state stands in it only where nobody who acts
-- for it is named, a group only where neither does; words that name nobody known stand in it only alone.
with

events as (
    select * from {{ ref('int_events_assemble') }}
),

participants as (
    select * from {{ ref('int_event_participants_merge') }}
    where role != 'absent'
),

cameo as (
    select * from {{ ref('cameo') }}
),

ranked as (
    select
        event_id,
        role,
        name,
        coalesce(actor_id, identity) as identity,
        coalesce(on_behalf_of_actor_id, actor_id, identity) as party,
        case
            when actor_id is null then 4
            when actor_type = 'person' then 1
            when actor_type in ('collective', 'government_body', 'anonymous_source') then 3
            else 2
        end as rank
    from participants
),

shown as (
    select distinct
        event_id,
        role,
        name,
        rank
    from ranked
    qualify
        rank = min(rank) over (partition by event_id, party)
        and (rank < 4 or min(rank) over (partition by event_id, role) = 4)
        and (rank < 3 or count(distinct party) filter (where rank < 3) over (partition by event_id) < 2)
),

sides as (
    select
        event_id,
        list(name order by rank, name) filter (where role in ('initiator', 'mediator')) as initiators,
        list(name order by rank, name) filter (where role = 'target') as targets,
        list(distinct name order by name)
        filter (where role in ('participant', 'visitor', 'host', 'signatory')) as parties
    from shown
    group by event_id
),

worded as (
    select
        events.*,
        if(events.event_type = 'other', lower(cameo.name), replace(events.event_type, '_', ' ')) as act,
        {{ listed('sides.initiators') }} as initiators,
        {{ listed('sides.targets') }} as targets,
        {{ listed('coalesce(sides.parties, sides.initiators)') }} as parties
    from events
    left join sides on events.event_id = sides.event_id
    left join cameo on events.act_code = cameo.cameo_code
),

final as (
    select
        event_id,
        concat_ws(
            ', ',
            if(
                event_type in ('meeting', 'talks', 'visit', 'call', 'exchange', 'agreement', 'ceasefire', 'war'),
                concat_ws(': ', act, parties),
                concat_ws(': ', initiators, concat_ws(' – ', act, targets))
            ),
            place_name,
            case
                when date_precision = 'unknown' then null
                when date_precision = 'on_or_before' then 'by ' || to_date
                when from_date = to_date then cast(from_date as varchar)
                else concat_ws(' to ', from_date, to_date)
            end,
            if(status = 'occurred', null, replace(status, '_', ' '))
        ) as title
    from worded
)

select * from final
