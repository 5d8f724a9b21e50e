-- Concessions against hardenings per actor and quarter, the private ones apart.
select
    a.name as actor,
    date_trunc('quarter', c.made_to_date) as quarter_start,
    count(*) filter (where c.change_type = 'concession' and c.voice = 'official') as public_concessions,
    count(*) filter (where c.change_type = 'hardening' and c.voice = 'official') as public_hardenings,
    count(*) filter (where c.change_type = 'concession' and c.voice != 'official') as reported_concessions,
    count(*) filter (where c.change_type = 'hardening' and c.voice != 'official') as reported_hardenings
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
where c.change_type in ('concession', 'hardening')
group by a.name, date_trunc('quarter', c.made_to_date)
order by a.name, quarter_start
