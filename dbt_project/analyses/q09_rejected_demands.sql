-- Which demands and proposals were rejected, by whom, and after how many days.
-- Chart: bars of day_count by rejected_by, issue_key
select
    asked_by.name as asked_by,
    rejected_by.name as rejected_by,
    c.issue_key,
    c.scope_key,
    asked.position_text as asked_words,
    c.to_text as rejecting_words,
    c.made_to_date as rejected_date,
    date_diff('day', coalesce(asked.valid_from_date, cast(asked.known_from_at as date)), c.made_to_date) as day_count
from proposal_changes as c
inner join positions as asked
    on c.responds_to_position_id = asked.position_id
inner join actors as asked_by
    on asked.actor_id = asked_by.actor_id
inner join actors as rejected_by
    on c.actor_id = rejected_by.actor_id
where c.change_type = 'rejected'
order by c.made_to_date, c.change_id
