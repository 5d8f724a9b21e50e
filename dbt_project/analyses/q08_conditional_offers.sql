-- Which offers stand on a condition, and on which.
-- Chart: dots of known_date by actor, issue_key
select
    coalesce(p.valid_from_date, cast(p.known_from_at as date)) as known_date,
    a.name as actor,
    p.issue_key,
    p.scope_key,
    p.voice,
    p.modality,
    p.position_text,
    p.condition_text
from positions as p
inner join actors as a
    on p.actor_id = a.actor_id
where
    p.is_conditional
    and p.modality in ('offers', 'proposes', 'ready_to', 'accepts_conditionally', 'floats')
order by p.known_from_at, a.name, p.position_id
