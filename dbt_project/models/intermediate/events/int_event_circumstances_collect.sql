-- For every event mention the clauses whose dates and places may count for it, nearest first: its own, the nouns inside it,
-- the clause that governs it. A reported clause takes nothing from the verb of saying, nor a noun after "after" or "since".
with

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

own as (
    select
        mentions.document_id,
        mentions.clause_number,
        mentions.clause_number as context_number,
        0 as distance
    from mentions
),

inner_nouns as (
    select
        mentions.document_id,
        mentions.clause_number,
        clauses.clause_number as context_number,
        1 as distance
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.parent_clause_number
    where
        clauses.kind = 'noun'
        -- when a meeting is left is not when it is held
        and mentions.direction != 'withdraw'
        and clauses.marker not in ('after', 'before', 'since', 'following', 'ahead', 'until')
),

-- "the summit, due to open on Monday": what is said of when a named occasion is held
held_verbs as (
    select
        mentions.document_id,
        mentions.clause_number,
        clauses.clause_number as context_number,
        1 as distance
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.parent_clause_number
    where
        clauses.relation in ('xcomp', 'acl', 'relcl')
        and clauses.lemma in (
            'schedule', 'plan', 'set', 'slate', 'expect', 'open', 'begin', 'start', 'hold', 'convene', 'take_place',
            'occur', 'end', 'conclude', 'resume', 'host'
        )
),

-- "voted to leave on Monday": a past day after an infinitive is the day of the verb above
infinitives as (
    select
        mentions.document_id,
        mentions.clause_number,
        clauses.clause_number as context_number,
        4 as distance
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.parent_clause_number
    where clauses.relation = 'xcomp' and mentions.status = 'occurred'
),

uppers as (
    select
        mentions.document_id,
        mentions.clause_number,
        clauses.parent_clause_number as context_number,
        2 as distance
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.clause_number = clauses.clause_number
    where
        clauses.parent_clause_number is not null
        and (
            clauses.relation in ('xcomp', 'advcl', 'acl', 'conj', 'pcomp')
            or (clauses.kind = 'noun' and clauses.marker not in ('after', 'before', 'since', 'following', 'ahead'))
        )
),

tops as (
    select
        uppers.document_id,
        uppers.clause_number,
        clauses.parent_clause_number as context_number,
        3 as distance
    from uppers
    inner join clauses
        on
            uppers.document_id = clauses.document_id
            and uppers.context_number = clauses.clause_number
    where clauses.parent_clause_number is not null and clauses.relation in ('xcomp', 'advcl', 'acl', 'conj', 'pcomp')
),

final as (
    select * from own
    union all
    select * from inner_nouns
    union all
    select * from held_verbs
    union all
    select * from infinitives
    union all
    select * from uppers
    union all
    select * from tops
)

select * from final
