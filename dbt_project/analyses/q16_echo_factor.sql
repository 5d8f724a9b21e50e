-- How loud one root sounds: articles and stories per independent root of each change.
-- Chart: bars of document_count, root_count by actor, issue_key, change_type
select
    c.made_to_date,
    a.name as actor,
    c.issue_key,
    c.change_type,
    c.document_count,
    c.story_count,
    c.root_count,
    round(c.document_count / greatest(c.root_count, 1), 1) as echo_factor
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
order by echo_factor desc, c.made_to_date, c.change_id
