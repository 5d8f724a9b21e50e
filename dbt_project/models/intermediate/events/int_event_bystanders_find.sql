-- Actors named beside a mention: inside its clause after the trigger they may be its target, before it in the sentence its
-- initiator, where no argument names one. The nearer the trigger the better.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
    where direction not in ('statement', 'withdraw', 'attend')
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

actors as (
    select * from {{ ref('int_mentions_resolve') }}
    where actor_id is not null and mention_type != 'pronoun'
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

-- who is named within what the act is done to: "two soldiers of Drovia were killed"
inside as (
    select
        document_id,
        clause_number,
        char_start,
        char_end
    from arguments
    where role = 'object'
),

-- who says that there was an attack: "officials said three were killed"
speakers as (
    select
        contents.document_id,
        contents.char_start,
        contents.char_end,
        arguments.head_start
    from arguments as contents
    inner join arguments
        on contents.document_id = arguments.document_id and contents.clause_number = arguments.clause_number
    where contents.role = 'complement' and arguments.role = 'subject'
),

named as (
    select
        mentions.document_id,
        mentions.clause_number,
        mentions.direction,
        clauses.trigger_start,
        clauses.trigger_end,
        actors.* exclude (document_id)
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.clause_number
    inner join actors
        on
            mentions.document_id = actors.document_id
            and clauses.sentence_number = actors.sentence_number
    where
        (actors.char_end <= clauses.trigger_start and not (mentions.direction = 'attack' and clauses.kind = 'noun'))
        or (actors.char_start >= clauses.char_start and actors.char_end <= clauses.char_end)
),

-- an inner join, where an anti join with inequalities would compare all pairs
others as (
    select
        named.document_id,
        named.clause_number,
        named.mention_number
    from named
    inner join inside
        on named.document_id = inside.document_id and named.clause_number = inside.clause_number
    where
        named.char_start >= inside.char_start
        and named.char_end <= least(inside.char_end, named.trigger_start)
    union all
    select
        named.document_id,
        named.clause_number,
        named.mention_number
    from named
    inner join speakers
        on named.document_id = speakers.document_id
    where
        named.direction = 'attack'
        and named.trigger_start >= speakers.char_start
        and named.trigger_end <= speakers.char_end
        and speakers.head_start >= named.char_start
        and speakers.head_start < named.char_end
),

final as (
    select
        named.document_id,
        named.clause_number,
        named.actor_id,
        named.actor_key,
        named.actor_type,
        named.on_behalf_key,
        cast(null as varchar[]) as principals,
        named.is_place,
        named.surface as text,
        named.char_start,
        named.char_start >= named.trigger_end as is_after,
        row_number() over (
            partition by named.document_id, named.clause_number, named.char_start >= named.trigger_end
            order by
                named.is_place, abs(named.char_start - named.trigger_start),
                named.char_start, named.mention_number
        ) as nearness
    from named
    anti join others
        on
            named.document_id = others.document_id
            and named.clause_number = others.clause_number
            and named.mention_number = others.mention_number
)

select * from final
