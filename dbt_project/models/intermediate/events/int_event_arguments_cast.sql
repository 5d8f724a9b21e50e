-- One row per event mention and argument: the part its actor can play, by the direction of the rule, and how near to the
-- act it stands. Arguments of the clause, of the complement below, of the verb above a noun and of a toll are offered.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

arguments as (
    select * from {{ ref('int_event_arguments_read') }}
),

roles as (
    select * from {{ ref('event_argument_roles') }}
),

tolls as (
    select * from {{ ref('int_event_tolls_find') }}
),

-- whose arguments count for the mention: those of the clause itself, and of the complement below it ("threatened to attack
-- Iran") …
reached as (
    select
        document_id,
        clause_number,
        clause_number as argument_clause_number,
        if(kind = 'verb' and is_passive, 'passive', kind) as kind
    from clauses
    union all
    select
        document_id,
        parent_clause_number as clause_number,
        clause_number as argument_clause_number,
        if(kind = 'noun', 'inner_noun', 'inner') as kind
    from clauses
    where
        -- "Iran, which backs the rebels, dismissed it"
        relation != 'relcl'
        -- "spoke with Trump about his talks with Putin": another meeting, and its parties
        and not (kind = 'noun' and marker in ({{ other_time_markers() }}, 'about', 'on', 'over'))
    union all
    -- … of the verb above a noun, and of a toll ("hit a market, killing two soldiers": they are hit as well)
    select
        document_id,
        clause_number,
        parent_clause_number as argument_clause_number,
        'upper' as kind
    from clauses
    where kind = 'noun' and marker not in ({{ other_time_markers() }})
    union all
    select
        document_id,
        attack_clause_number as clause_number,
        clause_number as argument_clause_number,
        'toll' as kind
    from tolls
),

offered as (
    select
        mentions.document_id,
        mentions.clause_number,
        mentions.direction,
        reached.kind,
        arguments.* exclude (document_id, clause_number)
    from mentions
    inner join reached
        on
            mentions.document_id = reached.document_id
            and mentions.clause_number = reached.clause_number
    inner join arguments
        on
            reached.document_id = arguments.document_id
            and reached.argument_clause_number = arguments.clause_number
    where not (arguments.is_shared and reached.kind in ('inner', 'inner_noun'))
),

-- "condemned attacks in the north": who condemns them is no attacker
told_of as (
    select
        nouns.document_id,
        nouns.clause_number
    from clauses as nouns
    left join clauses as uppers
        on
            nouns.document_id = uppers.document_id
            and nouns.parent_clause_number = uppers.clause_number
    where nouns.kind = 'noun' and coalesce(uppers.lemma, '') not in ({{ attacking_verbs() }})
),

cast_in_roles as (
    select
        offered.*,
        roles.participant_role,
        row_number() over (
            partition by offered.document_id, offered.clause_number, offered.head_start
            order by roles.nearness asc, roles.participant_role asc
        ) as choice,
        offered.vagueness + roles.nearness as distance
    from offered
    inner join roles
        on
            offered.direction = roles.direction
            and offered.kind = roles.kind
            and offered.role = roles.role
            and (offered.preposition = roles.preposition or roles.preposition is null)
    left join told_of
        on
            offered.document_id = told_of.document_id
            and offered.clause_number = told_of.clause_number
    where
        not (
            told_of.clause_number is not null and offered.direction = 'attack'
            and offered.role = 'subject' and roles.participant_role = 'initiator'
        )
        and (not roles.needs_actor or offered.actor_id is not null)
        and (not offered.is_act or roles.participant_role = 'target' or offered.actor_id is not null)
),

final as (
    select
        document_id,
        clause_number,
        participant_role as role,
        actor_id,
        actor_key,
        actor_type,
        on_behalf_key,
        principals,
        is_place,
        text as name,
        char_start,
        head_start,
        distance,
        role = 'object' and (
            (kind in ('verb', 'passive') and vagueness <= 10) or (kind = 'toll' and actor_id is not null)
        ) as is_direct
    from cast_in_roles
    where choice = 1
)

select * from final
