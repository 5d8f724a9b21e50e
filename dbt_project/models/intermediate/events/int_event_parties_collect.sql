-- One row per event mention with its parties: the principals behind its participants, with their side. A clause whose
-- "they" nobody resolved takes the two of the sentence before.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
    where event_type != 'attendance'
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

participants as (
    select * from {{ ref('int_event_participants_resolve') }}
),

party_keys as (
    select
        document_id,
        clause_number,
        case role when 'initiator' then 'i:' when 'target' then 't:' else '' end as side,
        unnest(coalesce(principals, [coalesce(on_behalf_key, actor_key)])) as principal_key
    from participants
    where (actor_key is not null or len(principals) > 1) and not is_place and role != 'mediator'
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
        on
            mentions.document_id = told.document_id
            and mentions.sentence_number - told.sentence_number between 0 and 1
            and mentions.clause_number > told.clause_number
    inner join own_parties
        on
            told.document_id = own_parties.document_id
            and told.clause_number = own_parties.clause_number
    left join {{ ref('int_event_rounds_read') }} as rounds
        on
            mentions.document_id = rounds.document_id
            and mentions.clause_number = rounds.clause_number
    anti join own_parties as own
        on
            mentions.document_id = own.document_id
            and mentions.clause_number = own.clause_number
    where
        len(own_parties.principals) > 1
        and told.event_type in ('meeting', 'talks', 'visit', 'call', 'exchange', 'agreement')
        and mentions.event_type in ('exchange', 'agreement', 'ceasefire', 'call', 'meeting', 'talks')
        and (
            clauses.kind = 'verb'
            or mentions.event_type in ('exchange', 'ceasefire')
            or rounds.round is not null
        )
    order by mentions.document_id, mentions.clause_number, told.clause_number desc
),

final as (
    select
        document_id,
        clause_number,
        parties,
        principals
    from own_parties
    union all
    select
        document_id,
        clause_number,
        principals as parties,
        principals
    from inherited
)

select * from final
