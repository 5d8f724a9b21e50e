-- One row per event with its codes: the act's own, and the one CAMEO's users expect for what became of it.
with

events as (
    select * from {{ ref('int_events_assemble') }}
),

codes as (
    select * from {{ ref('status_codes') }}
),

prefixed as (
    select
        events.event_id,
        arg_max(codes.planned_code, length(codes.act_prefix)) as planned_code,
        arg_max(codes.refused_code, length(codes.act_prefix)) as refused_code,
        arg_max(codes.undone_code, length(codes.act_prefix)) as undone_code
    from events
    inner join codes on starts_with(events.act_code, codes.act_prefix)
    group by events.event_id
),

final as (
    select
        events.*,
        case
            when events.rule_key like 'model%' then events.mention_cameo_code
            else {{ cameo_code_of('events.status', 'events.act_code', 'prefixed') }}
        end as cameo_code
    from events
    left join prefixed on events.event_id = prefixed.event_id
)

select * from final
