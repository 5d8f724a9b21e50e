-- One row per event mention, actor and role: who takes part as what, read off the arguments by the rule's direction.
-- Of several argument kinds the nearest to the verb counts; those that name an actor go first.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

bystanders as (
    select * from {{ ref('int_event_bystanders_find') }}
),

chosen as (
    select * from {{ ref('int_event_arguments_cast') }}
),

initiators as (
    select
        document_id,
        clause_number,
        list(actor_id) as actor_ids
    from chosen
    where role in ('initiator', 'visitor', 'mediator')
    group by document_id, clause_number
),

partners as (
    select
        document_id,
        clause_number,
        count(*) as party_count
    from chosen
    where role = 'participant' and coalesce(len(principals), 0) < 2
    group by document_id, clause_number
),

lone as (
    select
        bystanders.document_id,
        bystanders.clause_number,
        case
            when mentions.direction in ('reciprocal', 'mutual', 'visit', 'host', 'mediate') then 'participant'
            when bystanders.is_after then 'target'
            else 'initiator'
        end as role,
        bystanders.actor_id,
        bystanders.actor_key,
        bystanders.actor_type,
        bystanders.on_behalf_key,
        bystanders.principals,
        bystanders.is_place,
        bystanders.text as name,
        bystanders.char_start,
        bystanders.char_start as head_start,
        if(bystanders.is_after, 8, 30) + least(bystanders.nearness, 3) as distance,
        false as is_direct,
        -- "met the intelligence chief Hassan Rashad": the only one named behind the verb, where the parser lost the object
        mentions.direction = 'reciprocal' and bystanders.is_after and bystanders.nearness < 3
        and not bystanders.is_place and bystanders.actor_type = 'person' and partners.party_count = 1 as is_partner
    from bystanders
    inner join mentions
        on
            bystanders.document_id = mentions.document_id
            and bystanders.clause_number = mentions.clause_number
    left join initiators
        on
            bystanders.document_id = initiators.document_id
            and bystanders.clause_number = initiators.clause_number
    left join partners
        on
            bystanders.document_id = partners.document_id
            and bystanders.clause_number = partners.clause_number
    where
        not coalesce(list_contains(initiators.actor_ids, bystanders.actor_id), false)
        and (bystanders.is_after or initiators.actor_ids is null)
        and (
            mentions.direction in ('active', 'request', 'threat', 'attack', 'proposal')
            or len(initiators.actor_ids) is null
        )
),

offered_roles as (
    select
        *,
        false as is_partner
    from chosen
    union all
    select * from lone
    where role != 'participant' or is_partner
),

final as (
    select
        offered_roles.* exclude (is_direct, is_partner),
        case mentions.status
            when 'occurred' then 'attended' when 'ongoing' then 'attended' when 'planned' then 'expected' else 'unknown'
        end
            as attendance
    from offered_roles
    inner join mentions
        on
            offered_roles.document_id = mentions.document_id
            and offered_roles.clause_number = mentions.clause_number
    qualify
        (offered_roles.role in ('participant', 'host') and offered_roles.distance < 14)
        or (offered_roles.role = 'target' and offered_roles.is_direct)
        or offered_roles.distance
        = min(offered_roles.distance) over (
            partition by offered_roles.document_id, offered_roles.clause_number, offered_roles.role
        )
)

select * from final
