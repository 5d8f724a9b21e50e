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

participants as (
    select * from {{ ref('int_event_participants_resolve') }}
),

references_found as (
    select distinct document_id, noun_number, direction from {{ ref('int_event_references_find') }}
),

party_keys as (
    select
        document_id,
        clause_number,
        case role when 'initiator' then 'i:' when 'target' then 't:' else '' end as side,
        unnest(coalesce(principals, [coalesce(on_behalf_key, actor_key)])) as principal_key
    from participants
    where actor_key is not null and not is_place
),

own_parties as (
    select
        document_id,
        clause_number,
        list_sort(list_distinct(list(side || principal_key))) as parties,
        list_sort(list_distinct(list(principal_key))) as principals
    from party_keys
    group by document_id, clause_number
),

-- "they agreed to exchange prisoners": the two of the sentence before
inherited as (
    select distinct on (mentions.document_id, mentions.clause_number)
        mentions.document_id,
        mentions.clause_number,
        own_parties.principals
    from mentions
    inner join clauses on mentions.document_id = clauses.document_id and mentions.clause_number = clauses.clause_number
    inner join mentions as told
        on mentions.document_id = told.document_id
        and mentions.sentence_number - told.sentence_number between 0 and 1
        and mentions.clause_number > told.clause_number
    inner join own_parties
        on told.document_id = own_parties.document_id
        and told.clause_number = own_parties.clause_number
    anti join own_parties as own
        on mentions.document_id = own.document_id
        and mentions.clause_number = own.clause_number
    where
        len(own_parties.principals) > 1
        and told.event_type in ('meeting', 'talks', 'visit', 'call', 'exchange', 'agreement')
        and mentions.event_type in ('exchange', 'agreement', 'ceasefire', 'call', 'meeting', 'talks')
        and (clauses.kind = 'verb' or mentions.event_type in ('exchange', 'ceasefire'))
    order by mentions.document_id, mentions.clause_number, told.clause_number desc
),

parties as (
    select document_id, clause_number, parties, principals from own_parties
    union all
    select document_id, clause_number, principals as parties, principals from inherited
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
        on mentions.document_id = clauses.document_id
        and mentions.clause_number = clauses.clause_number
    inner join dates
        on mentions.document_id = dates.document_id
        and mentions.clause_number = dates.clause_number
    left join places
        on mentions.document_id = places.document_id
        and mentions.clause_number = places.clause_number
    left join parties
        on mentions.document_id = parties.document_id
        and mentions.clause_number = parties.clause_number
    left join references_found
        on mentions.document_id = references_found.document_id
        and mentions.clause_number = references_found.noun_number
)

select * from final
