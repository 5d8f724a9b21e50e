-- Meetings at which both the United States and Russia sat: place, day, and days since the last one.
-- Chart: dots of day by event_type, place_name
with

both_sides as (
    select p.event_id
    from event_participants as p
    inner join actors as own
        on p.actor_id = own.actor_id
    left join actors as principal
        on p.on_behalf_of_actor_id = principal.actor_id
    where coalesce(principal.actor_key, own.actor_key) in ('USA', 'RUS')
    group by p.event_id
    having count(distinct coalesce(principal.actor_key, own.actor_key)) = 2
),

meetings as (
    select
        e.event_id,
        coalesce(e.to_date, e.from_date) as day,
        e.date_precision,
        e.event_type,
        e.place_name,
        e.status,
        e.title
    from events as e
    inner join both_sides
        on e.event_id = both_sides.event_id
    where
        e.event_type in ('meeting', 'talks', 'visit', 'call')
        and e.status in ('occurred', 'ongoing')
)

select
    *,
    date_diff('day', lag(day) over (order by day, event_id), day) as days_since_last
from meetings
order by day, event_id
