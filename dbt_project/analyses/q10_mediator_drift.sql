-- Toward whom those without a pole of their own moved: mediators and backers.
-- Chart: bars of move_count by mover, closer_to, issue_key
select
    mover.name as mover,
    toward.name as closer_to,
    c.issue_key,
    count(*) as move_count,
    min(c.made_to_date) as first_date,
    max(c.made_to_date) as last_date
from proposal_changes as c
inner join actors as mover
    on c.actor_id = mover.actor_id
inner join actors as toward
    on c.closer_to_actor_id = toward.actor_id
where
    not exists (
        select 1
        from issue_poles as p
        where
            p.conflict_key = c.conflict_key
            and p.issue_key = c.issue_key
            and p.actor_key = mover.actor_key
    )
group by mover.name, toward.name, c.issue_key
order by mover.name, move_count desc, toward.name, c.issue_key
