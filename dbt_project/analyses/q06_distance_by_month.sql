-- How far apart Russia and Ukraine stand in public per issue, at the end of each month; null where one of them is silent.
with

months as (
    select last_day(cast(month_start as date)) as month_end
    from generate_series(
        (select date_trunc('month', min(valid_from_date)) from positions),
        (select date_trunc('month', max(coalesce(valid_from_date, valid_to_date))) from positions),
        interval 1 month
    ) as months (month_start)
),

held as (
    select
        m.month_end,
        p.issue_key,
        a.actor_key,
        last(p.level order by p.valid_from_date, p.position_id) as level
    from months as m
    inner join positions as p
        on
            p.valid_from_date <= m.month_end
            and (p.valid_to_date is null or p.valid_to_date > m.month_end)
    inner join actors as a
        on p.actor_id = a.actor_id
    where
        p.voice = 'official'
        and p.level is not null
        and a.actor_key in ('RUS', 'UKR')
    group by m.month_end, p.issue_key, a.actor_key
)

select
    month_end,
    issue_key,
    max(level) filter (where actor_key = 'RUS') as first_level,
    max(level) filter (where actor_key = 'UKR') as second_level,
    abs(max(level) filter (where actor_key = 'RUS') - max(level) filter (where actor_key = 'UKR')) as distance
from held
group by month_end, issue_key
order by issue_key, month_end
