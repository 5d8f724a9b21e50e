-- Nouns for a meeting that somebody attends, skips or leaves: mentions of that meeting, whatever became of the somebody.
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
    where direction in ('withdraw', 'attend')
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

final as (
    select
        mentions.document_id,
        mentions.clause_number,
        clauses.clause_number as noun_number,
        mentions.direction,
        mentions.status,
        case
            when mentions.direction = 'withdraw' and mentions.rule_key like 'v_skip%' then 'declined'
            when mentions.direction = 'withdraw' and mentions.rule_key like 'v_boycott%' then 'declined'
            when mentions.direction = 'withdraw' and mentions.status in ('occurred', 'ongoing') then 'withdrew'
            when mentions.direction = 'withdraw' then 'unknown'
            when mentions.status = 'refused' then 'declined'
            when mentions.status in ('cancelled', 'did_not_occur') then 'declined'
            when mentions.status in ('planned', 'postponed') then 'expected'
            when mentions.status in ('occurred', 'ongoing') then 'attended'
            else 'unknown'
        end as attendance
    from mentions
    left join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.parent_clause_number
            and clauses.kind = 'noun'
            and clauses.lemma in (
                'meeting',
                'talk',
                'summit',
                'negotiation',
                'conference',
                'session',
                'dialogue',
                'consultation',
                'round',
                'discussion', 'visit', 'gathering'
            )
)

select * from final
