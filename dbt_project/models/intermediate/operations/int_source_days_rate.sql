-- Seen against expected. A day is judged only when the source was asked on it: an archive read once says nothing of
-- the days before. Expected is the manifest's floor, else what the source itself gave in the four weeks before the
-- last; under 3 articles a week chance alone makes a week without any (November 2026, e^-3 = 5 %).
with

counted as (
    select * from {{ ref('int_source_days_count') }}
),

sources as (
    select * from {{ ref('stg_raw__sources') }}
),

summed as (
    select
        *,
        sum(article_count) over last_week as seen_7d_count,
        sum(article_count) over weeks_before as seen_before_count
    from counted
    window
        last_week as (
            partition by source_key order by day_date
            range between interval 6 days preceding and current row
        ),
        weeks_before as (
            partition by source_key order by day_date
            range between interval 34 days preceding and interval 7 days preceding
        )
),

expected as (
    select
        summed.*,
        case
            when sources.articles_per_week is not null then sources.articles_per_week
            when summed.seen_before_count >= 12 then summed.seen_before_count / 4.0
        end as expected_7d,
        case
            when sources.articles_per_week is not null then 'floor'
            when summed.seen_before_count >= 12 then 'history'
            else 'none'
        end as expectation_basis
    from summed
    left join sources on summed.source_key = sources.outlet_key
),

judged as (
    select
        *,
        attempt_count > 0 as is_watched,
        case when attempt_count > 0 and expected_7d is not null then seen_7d_count < 0.5 * expected_7d end as is_below
    from expected
),

stretches as (
    select
        *,
        max(case when is_below = false then day_date end) over (
            partition by source_key order by day_date
        ) as last_good_date
    from judged
),

final as (
    select
        *,
        case
            when is_below then min(case when is_below then day_date end) over (partition by source_key, last_good_date)
        end as below_from_date
    from stretches
)

select * from final
