-- Planned meetings that were cancelled, postponed, refused or downgraded, and who stayed away.
-- Chart: dots of from_date by status, place_name
select
    e.from_date,
    e.place_name,
    e.title,
    h.status,
    min(h.as_of_date) as known_on_date,
    string_agg(distinct a.name, '; ' order by a.name) as stayed_away
from events as e
inner join event_status_history as h
    on e.event_id = h.event_id
left join event_participants as p
    on
        e.event_id = p.event_id
        and p.attendance in ('withdrew', 'declined')
left join actors as a
    on p.actor_id = a.actor_id
where
    e.event_type in ('meeting', 'talks', 'visit', 'call')
    and h.status in ('cancelled', 'postponed', 'downgraded', 'refused')
group by e.event_id, e.from_date, e.place_name, e.title, h.status
order by e.from_date, e.title, h.status
