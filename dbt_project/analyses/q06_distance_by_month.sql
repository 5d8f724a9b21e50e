-- How far apart Russia and Ukraine stand in public, issue by issue, at the end of each month in which it changed.
-- Chart: bars of distance by month_from_date, issue_key
with

months as (
    select
        *,
        lag(distance) over (partition by issue_key, scope_key order by month_from_date) as distance_before
    from party_distances
    where conflict_key = 'ukr-rus' and voice = 'official'
)

select
    month_from_date,
    issue_key,
    scope_key,
    low_actor_name,
    low_level,
    high_actor_name,
    high_level,
    distance,
    distance - distance_before as distance_delta
from months
where distance is distinct from distance_before
order by month_from_date desc, distance desc, issue_key, scope_key
