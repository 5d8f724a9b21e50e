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
    left join precisions on times.precision = precisions.precision
    where circumstances.distance < 4 or times.to_date <= documents.published_date
    order by
        circumstances.document_id, circumstances.clause_number,
        circumstances.distance, precisions.fineness, times.time_number
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
    left join nearest
        on
            mentions.document_id = nearest.document_id
            and mentions.clause_number = nearest.clause_number
    left join reserved on mentions.document_id = reserved.document_id
)

select * from final
