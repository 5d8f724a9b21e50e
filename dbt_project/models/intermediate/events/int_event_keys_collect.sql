-- One row per event mention with what decides whether two mentions name one event: family, parties, place, window, round.
-- An arrest or a charge that names neither an authority nor anybody known is crime, and no event.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
    where event_type != 'attendance'
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

owned as (
    select distinct
        document_id,
        clause_number
    from {{ ref('int_event_participants_resolve') }}
    where actor_id is not null or role = 'initiator'
),

dates as (
    select * from {{ ref('int_event_dates_resolve') }}
),

places as (
    select * from {{ ref('int_event_places_resolve') }}
),

references_found as (
    select
        document_id,
        noun_number,
        bool_or(attendance = 'attended') as is_attended
    from {{ ref('int_event_references_find') }}
    group by document_id, noun_number
),

parties as (
    select * from {{ ref('int_event_parties_collect') }}
),

read as (
    select
        clauses.collection_key,
        mentions.document_id,
        mentions.clause_number,
        clauses.sentence_number,
        clauses.trigger_start,
        clauses.published_at,
        clauses.published_date,
        clauses.is_latest_version,
        mentions.event_type,
        -- "they attended the conference" tells that it was held; "they skipped it" tells nothing of the conference
        if(references_found.is_attended and mentions.status = 'planned', 'occurred', mentions.status) as status,
        references_found.noun_number is not null as is_reference,
        coalesce(references_found.is_attended, true) as tells_status,
        -- a meeting on the sidelines of another is a meeting of its own
        list_has_any(
            clauses.tags, ['oblique_on=sideline', 'oblique_on=margin', 'frame=sideline', 'modifier=separate']
        ) as is_beside,
        {{ gathering_of('clauses') }} as gathering,
        -- what else than its parties tells one act of a general kind from another
        if(mentions.event_type = 'other', {{ contents_of('clauses') }}, []) as contents,
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
        -- a new round, or another, may be the second
        if(rounds.round in ('new', 'next', 'another'), null, rounds.round) as round,
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
    left join owned
        on
            mentions.document_id = owned.document_id
            and mentions.clause_number = owned.clause_number
    left join places
        on
            mentions.document_id = places.document_id
            and mentions.clause_number = places.clause_number
    left join parties
        on
            mentions.document_id = parties.document_id
            and mentions.clause_number = parties.clause_number
    left join {{ ref('int_event_rounds_read') }} as rounds
        on
            mentions.document_id = rounds.document_id
            and mentions.clause_number = rounds.clause_number
    left join references_found
        on
            mentions.document_id = references_found.document_id
            and mentions.clause_number = references_found.noun_number
    where mentions.event_type != 'legal_action' or owned.document_id is not null
),

final as (
    select
        *,
        -- without a party, or a day, or two sides and anything that the act is about, it means what its own text means
        if(
            (len(parties) = 0 and place_name is null) or (published_date is null and from_date is null)
            or (starts_with(family, 'other') and len(parties) < 2 and len(contents) = 0),
            document_id, null
        ) as only_document_id
    from read
)

select * from final
