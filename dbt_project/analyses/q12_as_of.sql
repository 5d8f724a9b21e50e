-- What these texts had told by the end of one day about what each party held on that day. Change the day in both places.
-- Chart: dots of known_from_at by actor, issue_key
select
    a.name as actor,
    p.issue_key,
    p.scope_key,
    p.voice,
    p.level,
    p.modality,
    p.epistemic_status,
    p.known_from_at
from positions as p
inner join actors as a
    on p.actor_id = a.actor_id
where
    p.known_from_at < timestamp '2025-04-23'
    and (p.known_to_at is null or p.known_to_at >= timestamp '2025-04-23')
order by a.name, p.issue_key, p.scope_key, p.voice, p.position_id
