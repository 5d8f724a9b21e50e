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
    where
        (actors.char_end <= clauses.trigger_start and not (mentions.direction = 'attack' and clauses.kind = 'noun'))
        or (actors.char_start >= clauses.char_start and actors.char_end <= clauses.char_end)
)

select * from final
