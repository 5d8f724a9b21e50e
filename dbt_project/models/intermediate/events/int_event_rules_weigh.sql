-- One row per coded clause with what speaks for it: the model's probability, a plain frame of two named sides, and
-- whether it is the kind of event that rules alone may code.
with

coded as (
    select * from {{ ref('int_event_rules_code') }}
    where not is_consumed
),

scores as (
    select * from {{ ref('int_event_scores_sum') }}
),

roots as (
    select * from {{ ref('event_roots') }}
),

-- a title, a relative or participle names background more often than news
clauses as (
    select
        document_id,
        clause_number,
        relation,
        marker,
        governors
    from {{ ref('int_event_clauses_prepare') }}
),

-- who is named: somebody who acts and somebody or something that it is done to or with, or a partner
frames as (
    select
        document_id,
        clause_number,
        bool_or(role in ('subject', 'agent', 'possessor'))
        and bool_or(role not in ('subject', 'agent', 'possessor', 'complement')) as is_plain,
        -- "during a meeting with Kessel": an act of two names both, however long the sentence around it
        bool_or(role = 'oblique' and preposition in ('with', 'between')) as is_joint
    from {{ ref('stg_language__clause_arguments') }}
    where mention_number is not null or regexp_matches(text, '^(?:[Tt]he )?[A-Z]')
    group by document_id, clause_number
),

final as (
    select
        coded.*,
        coalesce(frames.is_plain, false) as is_plain,
        coalesce(frames.is_joint, false) as is_joint,
        coalesce(nothing.probability, 0) as nothing_probability,
        roots.plover_root,
        greatest(coalesce(scores.probability, 0), coalesce(act_scores.probability, 0)) as probability,
        clauses.relation in ('relcl', 'acl')
        -- "after accusing", "accused of": told as known
        or (clauses.relation in ('advcl', 'pcomp') and clauses.marker in ('after', 'since', 'following'))
            as is_background,
        list_contains(clauses.governors, 'anniversary') as is_anniversary,
        coded.strength = 3 or coded.event_type in (
            'meeting', 'call', 'visit', 'talks', 'proposal', 'ceasefire', 'ceasefire_violation', 'exchange',
            'withdrawal_from_meeting',
            'withdrawal_from_agreement',
            'public_statement',
            'vote',
            'appointment',
            'attendance'
        ) as is_core
    from coded
    inner join clauses
        on
            coded.document_id = clauses.document_id
            and coded.clause_number = clauses.clause_number
    left join roots on substr(coded.cameo_code, 1, 2) = roots.cameo_root
    left join scores
        on
            coded.document_id = scores.document_id
            and coded.sentence_number = scores.sentence_number
            and roots.plover_root = scores.root
    -- of what has not happened the act's own root counts too; inside the key, since beside it every pair is compared
    left join roots as act_roots
        on if(coded.status in ('occurred', 'ongoing'), null, substr(coded.act_code, 1, 2)) = act_roots.cameo_root
    left join scores as act_scores
        on
            coded.document_id = act_scores.document_id
            and coded.sentence_number = act_scores.sentence_number
            and act_roots.plover_root = act_scores.root
    left join scores as nothing
        on
            coded.document_id = nothing.document_id
            and coded.sentence_number = nothing.sentence_number
            and nothing.root = '00'
    left join frames
        on
            coded.document_id = frames.document_id
            and coded.clause_number = frames.clause_number
)

select * from final
