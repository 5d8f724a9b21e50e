-- One row per source and day between its first and its last sign of life in these data: attempts and articles.
with

attempts as (
    select
        source_key,
        cast(happened_at as date) as day_date,
        count(*) as attempt_count,
        count(*) filter (where status = 'failed') as failed_count
    from {{ ref('int_outcomes_collect') }}
    where source_key is not null and stage in ('discover', 'fetch')
    group by all
),

articles as (
    select
        outlet_key as source_key,
        published_date as day_date,
        count(distinct url) as article_count
    from {{ ref('int_documents_resolve') }}
    where outlet_key is not null and published_date is not null
    group by all
),

bounds as (
    select
        source_key,
        min(day_date) as first_date,
        max(day_date) as last_date
    from (
        select
            source_key,
            day_date
        from attempts
        union all
        select
            source_key,
            day_date
        from articles
    ) as signs
    group by source_key
),

days as (
    select
        source_key,
        cast(unnest(range(first_date, last_date + 1, interval 1 day)) as date) as day_date
    from bounds
),

final as (
    select
        days.source_key,
        days.day_date,
        coalesce(attempts.attempt_count, 0) as attempt_count,
        coalesce(attempts.failed_count, 0) as failed_count,
        coalesce(articles.article_count, 0) as article_count
    from days
    left join attempts on days.source_key = attempts.source_key and days.day_date = attempts.day_date
    left join articles on days.source_key = articles.source_key and days.day_date = articles.day_date
)

select * from final
