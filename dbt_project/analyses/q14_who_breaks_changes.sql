-- Which outlet breaks changes first, and what became of them: confirmed, denied, or left open.
-- Chart: bars of confirmed_count, disputed_count, open_count by outlet
select
    coalesce(o.name, c.origin_outlet, c.reported_by) as outlet,
    count(*) as change_count,
    count(*) filter (where c.party_reaction = 'confirmed') as confirmed_count,
    count(*) filter (where c.party_reaction in ('denied', 'non_denial')) as disputed_count,
    count(*) filter (where c.party_reaction in ('silent', 'no_comment')) as open_count
from proposal_changes as c
left join outlets as o
    on coalesce(c.origin_outlet, c.reported_by) = o.outlet_key
where coalesce(c.origin_outlet, c.reported_by) is not null
group by coalesce(o.name, c.origin_outlet, c.reported_by)
order by change_count desc, outlet
