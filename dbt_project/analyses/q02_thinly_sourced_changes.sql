-- Which changes rest only on unnamed people, or on a single independent root: read these twice before charting them.
-- Chart: dots of made_to_date by actor, issue_key
select
    c.made_to_date,
    a.name as actor,
    c.issue_key,
    c.change_type,
    c.epistemic_status,
    c.best_grade,
    c.root_count,
    c.document_count,
    c.reading
from proposal_changes as c
inner join actors as a
    on c.actor_id = a.actor_id
where
    c.epistemic_status in ('anonymous_officials', 'leaked_document', 'unattributed')
    or (c.root_count <= 1 and c.epistemic_status != 'confirmed_by_party')
order by c.best_grade desc, c.made_to_date, c.change_id
