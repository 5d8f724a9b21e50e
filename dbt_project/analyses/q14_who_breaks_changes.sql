-- Which outlet breaks changes first, and what became of them: confirmed, denied, or left open.
select
    coalesce(c.origin_outlet, c.reported_by) as outlet_key,
    count(*) as change_count,
    count(*) filter (where c.party_reaction = 'confirmed') as confirmed_count,
    count(*) filter (where c.party_reaction in ('denied', 'non_denial')) as disputed_count,
    count(*) filter (where c.party_reaction in ('silent', 'no_comment')) as open_count
from proposal_changes as c
where coalesce(c.origin_outlet, c.reported_by) is not null
group by coalesce(c.origin_outlet, c.reported_by)
order by change_count desc, outlet_key
