-- One row per event: a generated title, who did what to whom, where, when.
with

events as (
    select * from {{ ref('int_events_assemble') }}
),

participants as (
    select * from {{ ref('int_event_participants_merge') }}
),

cameo as (
    select * from {{ ref('cameo') }}
),

sides as (
    select
        event_id,
        string_agg(name, ', ' order by name) filter (where role in ('initiator', 'mediator')) as initiators,
        string_agg(name, ', ' order by name) filter (where role = 'target') as targets,
        string_agg(name, ' and ' order by name) filter (where role in ('participant', 'visitor', 'host')) as parties
    from participants
    group by event_id
),

final as (
    select
        events.event_id,
        concat_ws(
            ', ',
            case
                when events.event_type in ('meeting', 'talks', 'visit', 'call', 'exchange', 'ceasefire')
                    then
                        concat_ws(': ', replace(events.event_type, '_', ' '), coalesce(sides.parties, sides.initiators))
                else concat_ws(
                    ': ',
                    concat_ws(' to ', sides.initiators, sides.targets),
                    if(events.event_type = 'other', lower(cameo.name), replace(events.event_type, '_', ' '))
                )
            end,
            events.place_name,
            case
                when events.date_precision = 'unknown' then null
                when events.date_precision = 'on_or_before' then 'by ' || events.to_date
                when events.from_date = events.to_date then cast(events.from_date as varchar)
                else concat_ws(' to ', events.from_date, events.to_date)
            end,
            if(events.status = 'occurred', null, replace(events.status, '_', ' '))
        ) as title
    from events
    left join sides on events.event_id = sides.event_id
    left join cameo on events.act_code = cameo.cameo_code
)

select * from final
