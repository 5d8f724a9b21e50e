-- Precision of proposal_changes as people judged a random sample of it. The interval is Wilson's score interval at 95 %
-- (Wilson 1927), which stays inside 0 and 1 and is honest for few rows; z = 1.96.
with

judged as (
    select
        *,
        (decision = 'accept')::integer as is_right
    from {{ ref('decisions') }}
    where
        is_sample
        and fact_table = 'proposal_changes'
),

strata as (
    select
        'all' as stratum,
        'all' as value,
        is_right
    from judged
    union all
    select
        'voice' as stratum,
        voice as value,
        is_right
    from judged
    union all
    select
        'change_type' as stratum,
        change_type as value,
        is_right
    from judged
    union all
    select
        'best_grade' as stratum,
        best_grade as value,
        is_right
    from judged
),

counted as (
    select
        stratum,
        value,
        count(*) as n,
        sum(is_right) as right_count,
        avg(is_right) as share,
        1.96 as z
    from strata
    group by stratum, value
),

bounded as (
    select
        *,
        (share + z * z / (2 * n)) / (1 + z * z / n) as centre,
        z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n) as half_width
    from counted
)

select
    stratum::varchar as stratum,
    value::varchar as value,
    n::bigint as judged_count,
    right_count::bigint as right_count,
    share::double as precision,
    greatest(centre - half_width, 0)::double as precision_low,
    least(centre + half_width, 1)::double as precision_high
from bounded
