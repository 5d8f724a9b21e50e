-- What was taken back: offers withdrawn, agreements left, demands dropped.
-- Chart: dots of made_to_date by actor, issue_key
select
    c.made_to_date,
    a.name as actor,
    c.issue_key,
    c.scope_key,
    p.modality,
    c.from_text,
    c.to_text,
    c.reading
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
left join positions as p
    on c.to_position_id = p.position_id
where c.change_type = 'withdrawn'
order by c.made_to_date, c.change_id
