with

sources as (
    select * from {{ ref('int_sources_collect') }}
),

days as (
    select * from {{ ref('source_days') }}
),

outcomes as (
    select * from {{ ref('int_outcomes_collect') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

watched as (
    select * from days
    where is_watched
    qualify row_number() over (partition by source_key order by day_date desc) = 1
),

attempts as (
    select
        source_key,
        max(happened_at) as last_attempt_at,
        max(happened_at) filter (where status <> 'failed') as last_answer_at
    from outcomes
    where source_key is not null and stage in ('discover', 'fetch')
    group by source_key
),

articles as (
    select
        outlet_key,
        count(distinct url) as article_count,
        max(published_at) as last_published_at,
        max(fetched_at) as last_fetched_at
    from documents
    where outlet_key is not null
    group by outlet_key
),

listed as (
    select outlet_key from sources
    union
    select outlet_key from articles
),

final as (
    select
        listed.outlet_key as source_key,
        sources.name,
        sources.country_iso3,
        sources.outlet_key is not null as is_declared,
        sources.verified_date,
        cast(coalesce(articles.article_count, 0) as bigint) as article_count,
        articles.last_published_at,
        articles.last_fetched_at,
        attempts.last_attempt_at,
        attempts.last_answer_at,
        watched.seen_7d_count,
        watched.expected_7d_count,
        watched.below_from_date,
        coalesce(watched.state, 'not_watched') as state,
        case watched.state
            when 'warning'
                then concat(
                    'Gave ', watched.seen_7d_count, ' articles in a week where ', round(watched.expected_7d_count),
                    ' are expected; look again tomorrow.'
                )
            when 'error' then concat(
                'Below half of the expected ', round(watched.expected_7d_count), ' articles a week since ',
                watched.below_from_date, '; look at its feeds.'
            )
        end as advice
    from listed
    left join sources on listed.outlet_key = sources.outlet_key
    left join articles on listed.outlet_key = articles.outlet_key
    left join attempts on listed.outlet_key = attempts.source_key
    left join watched on listed.outlet_key = watched.source_key
)

select * from final
