-- Every day from the first to the last that a fact or a document touches. Dates that no calendar of this field
-- reaches (a misread year) do not stretch it.
with

touched as (
    select published_date as touched_date from {{ ref('documents') }}
    union all
    select unnest([from_date, to_date]) from {{ ref('events') }}
    union all
    select unnest([valid_from_date, valid_to_date]) from {{ ref('positions') }}
    union all
    select unnest([made_from_date, made_to_date]) from {{ ref('proposal_changes') }}
),

bounds as (
    select
        min(touched_date) as first_date,
        max(touched_date) as last_date
    from touched
    where touched_date between date '1990-01-01' and date '2099-12-31'
),

days as (
    select cast(unnest(range(first_date, last_date + 1, interval 1 day)) as date) as spine_date
    from bounds
),

final as (
    select
        spine_date,
        cast(date_trunc('week', spine_date) as date) as week_from_date,
        cast(date_trunc('month', spine_date) as date) as month_from_date,
        cast(date_trunc('quarter', spine_date) as date) as quarter_from_date,
        cast(year(spine_date) as integer) as year_number,
        cast(quarter(spine_date) as integer) as quarter_number,
        cast(month(spine_date) as integer) as month_number,
        cast(week(spine_date) as integer) as iso_week_number,
        cast(isodow(spine_date) as integer) as weekday_number,
        cast(monthname(spine_date) as varchar) as month_name,
        cast(dayname(spine_date) as varchar) as weekday_name
    from days
)

select * from final
