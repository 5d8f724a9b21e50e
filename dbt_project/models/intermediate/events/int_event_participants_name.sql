-- One row per event mention and party: of the arguments, of what is said on attendance, and the state that receives.
with

merged as (
    select * from {{ ref('int_events_merge') }}
),

participants as (
    select * from {{ ref('int_event_participants_resolve') }}
),

attendance as (
    select * from {{ ref('int_event_attendance_resolve') }}
),

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

parties as (
    select * from actors
    where actor_type != 'person'
),

states as (
    select * from actors
    where actor_type = 'state' and collection_key is null
),

final as (
    select
        merged.event_id,
        merged.collection_key,
        merged.document_id,
        merged.published_at,
        merged.published_date,
        merged.trigger_start,
        participants.actor_id,
        participants.on_behalf_key,
        participants.name,
        participants.role,
        if(mentions.direction = 'withdraw' and participants.role = 'initiator', 'withdrew', participants.attendance)
            as attendance,
        0 as weight
    from merged
    inner join participants
        on
            merged.document_id = participants.document_id
            and merged.clause_number = participants.clause_number
    inner join mentions
        on
            merged.document_id = mentions.document_id
            and merged.clause_number = mentions.clause_number
    where
        not participants.is_place
        -- "German and French officials": each party is named below
        and not (participants.actor_type = 'collective' and coalesce(len(participants.principals), 0) > 1)
        and (
            participants.actor_id is not null
            or (
                -- a thing may be acted on, and it never meets anybody
                participants.role in ('initiator', 'target')
                and not regexp_matches(
                    lower(participants.name),
                    '^([0-9,.]+|it|they|s?he|we|i|them|him|her|us|which|who|what|this|that|these|those)$'
                )
                and coalesce(len(participants.principals), 0) < 2
            )
        )
    -- a direct object that is nobody known stays in the mention's words where an actor is the target
    qualify
        participants.actor_id is not null
        or not bool_or(participants.actor_id is not null) over (
            partition by merged.document_id, merged.clause_number, participants.role
        )
    union all
    select
        event_id,
        collection_key,
        document_id,
        published_at,
        published_date,
        trigger_start,
        actor_id,
        on_behalf_key,
        name,
        role,
        attendance,
        1 as weight
    from attendance
    union all
    -- "US and Russian delegations": every party behind one mention
    select
        merged.event_id,
        merged.collection_key,
        merged.document_id,
        merged.published_at,
        merged.published_date,
        merged.trigger_start,
        parties.actor_id,
        cast(null as varchar) as on_behalf_key,
        parties.name,
        participants.role,
        participants.attendance,
        0 as weight
    from merged
    inner join (
        select
            *,
            unnest(list_distinct(principals)) as party_key
        from participants
        where len(principals) > 1
    ) as participants
        on merged.document_id = participants.document_id and merged.clause_number = participants.clause_number
    inner join parties
        on
            participants.party_key = parties.actor_key
            and (parties.collection_key is null or parties.collection_key = merged.collection_key)
    union all
    -- the state in whose town a visitor is received
    select
        merged.event_id,
        merged.collection_key,
        merged.document_id,
        merged.published_at,
        merged.published_date,
        merged.trigger_start,
        states.actor_id,
        cast(null as varchar) as on_behalf_key,
        states.name,
        'host' as role,
        case merged.status when 'planned' then 'expected' when 'occurred' then 'attended' else 'unknown' end
            as attendance,
        0 as weight
    from merged
    inner join mentions
        on
            merged.document_id = mentions.document_id
            and merged.clause_number = mentions.clause_number
    inner join states on merged.country_iso3 = states.actor_key
    where mentions.direction in ('visit', 'host')
)

select * from final
