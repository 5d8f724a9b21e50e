-- One row per event mention with what decides whether two mentions name one event: family, parties, place, window, round.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
    where event_type != 'attendance'
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

dates as (
    select * from {{ ref('int_event_dates_resolve') }}
),

places as (
    select * from {{ ref('int_event_places_resolve') }}
),

references_found as (
    select distinct
        document_id,
        noun_number,
        direction
    from {{ ref('int_event_references_find') }}
),

parties as (
    select * from {{ ref('int_event_parties_collect') }}
),

final as (
    select
        clauses.collection_key,
        mentions.document_id,
        mentions.clause_number,
        clauses.sentence_number,
        clauses.trigger_start,
        clauses.published_at,
        clauses.published_date,
        mentions.event_type,
        mentions.status,
        references_found.noun_number is not null as is_reference,
        case
            when mentions.event_type in ('meeting', 'talks', 'visit') then 'consult'
            when mentions.event_type = 'other' then 'other ' || substr(mentions.act_code, 1, 2)
            else mentions.event_type
        end || if(mentions.status = 'hypothetical', ' hypothetical', '') as family,
        if(
            mentions.event_type in ('meeting', 'talks', 'visit', 'call', 'exchange', 'agreement', 'ceasefire'),
            coalesce(parties.principals, []), coalesce(parties.parties, [])
        ) as parties,
        places.place_name,
        places.country_iso3,
        list_filter(
            ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'new', 'next', 'previous', 'separate'],
            lambda w: list_contains(clauses.tags, 'modifier=' || w)
        )[1] as round,
        dates.from_date,
        dates.to_date,
        dates.date_precision,
        dates.is_dated,
        case dates.date_precision
            when 'day' then if(dates.from_date = dates.to_date, 1, 2)
            when 'approx_day' then if(dates.is_dated, 2, 7)
            when 'week' then 3
            when 'month' then 4
            when 'quarter' then 5
            when 'year' then 6
            when 'on_or_before' then 7
            else 8
        end as fineness,
        case
            when dates.from_date is not null then dates.from_date
            when dates.to_date is not null then dates.to_date - 45
            when clauses.published_date is null then date '0001-01-01'
            when mentions.status = 'planned' then clauses.published_date - 1
            else clauses.published_date - 45
        end as window_from,
        case
            when dates.to_date is not null then dates.to_date
            when dates.from_date is not null then date '9999-12-31'
            when clauses.published_date is null then date '9999-12-31'
            when mentions.status in ('occurred', 'ongoing') then clauses.published_date
            else clauses.published_date + 60
        end as window_to
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.clause_number
    inner join dates
        on
            mentions.document_id = dates.document_id
            and mentions.clause_number = dates.clause_number
    left join places
        on
            mentions.document_id = places.document_id
            and mentions.clause_number = places.clause_number
    left join parties
        on
            mentions.document_id = parties.document_id
            and mentions.clause_number = parties.clause_number
    left join references_found
        on
            mentions.document_id = references_found.document_id
            and mentions.clause_number = references_found.noun_number
)

select * from final
