-- One row per event mention: when. The nearest clause with a dated expression decides, there the most precise one.
-- Without any, a reported past act lies on or before the day of publication, an ongoing one on it; a plan has no date.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

circumstances as (
    select * from {{ ref('int_event_circumstances_collect') }}
),

times as (
    select * from {{ ref('stg_language__times') }}
    where from_date is not null or to_date is not null
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

precisions as (
    select
        unnest(['day', 'approx_day', 'week', 'month', 'quarter', 'year', 'on_or_before']) as precision,
        unnest([1, 2, 3, 4, 5, 6, 7]) as fineness
),

-- what is called off, put off, lowered or pulled out of is still to come
still_ahead as (
    select
        document_id,
        clause_number
    from mentions
    where status in ('cancelled', 'postponed', 'downgraded')
    union
    select
        document_id,
        noun_number
    from {{ ref('int_event_references_find') }}
    where direction = 'withdraw' and noun_number is not null
),

nearest as (
    select distinct on (circumstances.document_id, circumstances.clause_number)
        circumstances.document_id,
        circumstances.clause_number,
        times.from_date,
        times.to_date,
        times.precision,
        times.text,
        times.anchor
    from circumstances
    inner join times
        on
            circumstances.document_id = times.document_id
            and circumstances.context_number = times.clause_number
    inner join documents on circumstances.document_id = documents.document_id
    inner join mentions
        on
            circumstances.document_id = mentions.document_id
            and circumstances.clause_number = mentions.clause_number
    left join precisions on times.precision = precisions.precision
    where
        (circumstances.distance < 4 or times.to_date <= documents.published_date)
        -- "agreed on Monday to exchange prisoners": the day of the promise is not that of the deed
        and not (
            mentions.status = 'planned' and circumstances.distance between 2 and 3
            and coalesce(times.to_date <= documents.published_date, false)
        )
    order by
        circumstances.document_id, circumstances.clause_number,
        circumstances.distance, precisions.fineness, times.time_number
),

-- "he has pulled out of Friday's meeting" on a Wednesday: the coming Friday, not the one of last week
moved as (
    select
        nearest.* replace (
            nearest.from_date + moves.day_count as from_date,
            nearest.to_date + moves.day_count as to_date
        )
    from nearest
    inner join documents on nearest.document_id = documents.document_id
    left join still_ahead
        on
            nearest.document_id = still_ahead.document_id
            and nearest.clause_number = still_ahead.clause_number
    cross join lateral (
        select if(
            still_ahead.document_id is not null
            and nearest.precision = 'day'
            and regexp_matches(lower(nearest.text), '^(on |this )?(mon|tues|wednes|thurs|fri|satur|sun)day')
            and documents.published_date - nearest.from_date between 4 and 6, 7, 0
        ) as day_count
    ) as moves
),

final as (
    select
        mentions.document_id,
        mentions.clause_number,
        case when reserved.document_id is null then nearest.text end as date_text,
        nearest.from_date is not null or nearest.to_date is not null as is_dated,
        case
            when nearest.precision is not null then nearest.from_date
            when mentions.status = 'ongoing' then documents.published_date
        end as from_date,
        case
            when nearest.precision is not null then nearest.to_date
            when mentions.status in ('occurred', 'ongoing') then documents.published_date
        end as to_date,
        case
            when nearest.precision is not null then nearest.precision
            when documents.published_date is null then 'unknown'
            when mentions.status = 'ongoing' then 'approx_day'
            when mentions.status = 'occurred' then 'on_or_before'
            else 'unknown'
        end as date_precision,
        case
            when nearest.precision is not null then nearest.anchor
            when mentions.status = 'ongoing' and documents.published_date is not null then 'publication'
            else 'none'
        end as date_anchor
    from mentions
    inner join documents on mentions.document_id = documents.document_id
    left join moved as nearest
        on
            mentions.document_id = nearest.document_id
            and mentions.clause_number = nearest.clause_number
    left join reserved on mentions.document_id = reserved.document_id
)

select * from final
