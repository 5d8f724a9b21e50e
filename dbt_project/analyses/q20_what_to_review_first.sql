-- What a person must look at first: what the rules left undecided, disputed changes, and changes on weak sources.
-- Chart: count by kind, reason
select
    1 as priority,
    'undecided' as kind,
    r.reason,
    r.reading,
    r.fact_id
from review_queue as r
union all
select
    2 as priority,
    'disputed' as kind,
    c.party_reaction as reason,
    c.reading,
    c.change_id as fact_id
from proposal_changes as c
where c.epistemic_status in ('contested', 'denied')
union all
select
    3 as priority,
    'weak source' as kind,
    'grade ' || c.best_grade as reason,
    c.reading,
    c.change_id as fact_id
from proposal_changes as c
where c.best_grade in ('D', 'E')
order by priority, kind, reason, fact_id
