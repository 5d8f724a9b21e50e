-- What every party holds now on every issue: in public, and by report.
-- Chart: gap of public_level, reported_level by actor, issue
select
    p.conflict_key,
    a.name as actor,
    i.name as issue,
    p.scope_key,
    max(p.level) filter (where p.voice = 'official') as public_level,
    max(p.level) filter (where p.voice = 'reported_private') as reported_level,
    max(p.position_text) filter (where p.voice = 'official') as public_words,
    max(p.position_text) filter (where p.voice = 'reported_private') as reported_words,
    max(p.valid_from_date) as since_date
from positions as p
inner join actors as a
    on p.actor_id = a.actor_id
inner join issues as i
    on p.issue_key = i.issue_key
where
    p.is_current
    and p.voice in ('official', 'reported_private')
    and i.scale_type != 'none'
group by p.conflict_key, a.name, i.name, p.scope_key
order by p.conflict_key, a.name, i.name, p.scope_key
