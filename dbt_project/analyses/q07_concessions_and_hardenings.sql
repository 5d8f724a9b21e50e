-- Concessions against hardenings per actor and quarter, the private ones apart.
-- Chart: bars of public_concessions, public_hardenings by actor, quarter_from_date
select
    a.name as actor,
    cast(date_trunc('quarter', c.made_to_date) as date) as quarter_from_date,
    count(*) filter (where c.change_type = 'concession' and c.voice = 'official') as public_concessions,
    count(*) filter (where c.change_type = 'hardening' and c.voice = 'official') as public_hardenings,
    count(*) filter (where c.change_type = 'concession' and c.voice != 'official') as reported_concessions,
    count(*) filter (where c.change_type = 'hardening' and c.voice != 'official') as reported_hardenings
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
where c.change_type in ('concession', 'hardening')
group by a.name, date_trunc('quarter', c.made_to_date)
order by a.name, quarter_from_date
