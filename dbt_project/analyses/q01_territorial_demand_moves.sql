-- How Russia's line on territory moved between two days, and who reported each move first. Change the actor and the days.
select
    c.made_to_date,
    c.scope_key,
    c.voice,
    c.change_type,
    c.from_level,
    c.to_level,
    c.reported_by,
    c.origin_outlet,
    c.epistemic_status,
    c.reading
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
where
    a.actor_key = 'RUS'
    and c.issue_key in ('territory_control', 'territorial_recognition')
    and c.made_to_date between date '2022-01-01' and date '2026-12-31'
order by c.made_to_date, c.first_reported_at, c.change_id
