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

final as (
    select
        mentions.document_id,
        mentions.clause_number,
        actors.actor_id,
        actors.actor_key,
        actors.actor_type,
        actors.on_behalf_key,
        cast(null as varchar[]) as principals,
        actors.is_place,
        actors.surface as text,
        actors.char_start,
        actors.char_start >= clauses.trigger_end as is_after,
        row_number() over (
            partition by mentions.document_id, mentions.clause_number, actors.char_start >= clauses.trigger_end
            order by
                actors.is_place, abs(actors.char_start - clauses.trigger_start),
                actors.char_start, actors.mention_number
        ) as nearness
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.clause_number
    inner join actors
        on
            mentions.document_id = actors.document_id
            and clauses.sentence_number = actors.sentence_number
    anti join inside
        on
            mentions.document_id = inside.document_id
            and mentions.clause_number = inside.clause_number
            and actors.char_start >= inside.char_start
            and actors.char_end <= least(inside.char_end, clauses.trigger_start)
    anti join speakers
        on
            if(mentions.direction = 'attack', mentions.document_id, null) = speakers.document_id
            and clauses.trigger_start >= speakers.char_start
            and clauses.trigger_end <= speakers.char_end
            and speakers.head_start >= actors.char_start
            and speakers.head_start < actors.char_end
    where
        (actors.char_end <= clauses.trigger_start and not (mentions.direction = 'attack' and clauses.kind = 'noun'))
        or (actors.char_start >= clauses.char_start and actors.char_end <= clauses.char_end)
)

select * from final
