-- One row per clause with a rule: its act, its status and the CAMEO code that peers' users expect. Consumed acts are marked:
-- the content of an accusation, a demand or a signed paper is no event of its own, and a status verb yields to its act.
with recursive

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

rules as (
    select * from {{ ref('int_event_rules_match') }}
),

statuses as (
    select * from {{ ref('int_event_status_resolve') }}
),

codes as (
    select * from {{ ref('status_codes') }}
),

status_verbs as (
    select cue as lemma from {{ ref('status_rules') }}
    where cue_kind = 'governor' and status in ('planned', 'refused', 'denied', 'cancelled', 'postponed')
),

above as (
    select
        clauses.document_id,
        clauses.clause_number,
        clauses.parent_clause_number as upper_number,
        clauses.governors,
        1 as depth
    from clauses
    inner join rules on clauses.document_id = rules.document_id and clauses.clause_number = rules.clause_number
    union all
    select
        above.document_id,
        above.clause_number,
        clauses.parent_clause_number as upper_number,
        above.governors,
        above.depth + 1 as depth
    from above
    inner join clauses on above.document_id = clauses.document_id and above.upper_number = clauses.clause_number
    where above.depth < 4
),

pairs as (
    select
        above.document_id,
        above.clause_number as lower_number,
        above.upper_number,
        status_verbs.lemma is not null as is_status_verb
    from above
    inner join rules on above.document_id = rules.document_id and above.upper_number = rules.clause_number
    inner join clauses on above.document_id = clauses.document_id and above.upper_number = clauses.clause_number
    left join status_verbs on clauses.lemma = status_verbs.lemma
    where
        list_contains(above.governors, clauses.lemma)
        -- who pulls out of a meeting leaves the meeting standing
        and rules.direction not in ('withdraw', 'attend')
),

consumed as (
    select
        document_id,
        lower_number as clause_number
    from pairs
    where not is_status_verb
    union
    select
        document_id,
        upper_number as clause_number
    from pairs
    where is_status_verb
    union
    -- "met to discuss", "in a meeting they met": the purpose and the occasion are the same act
    select
        lower_clauses.document_id,
        lower_clauses.clause_number
    from clauses as lower_clauses
    inner join rules as lower_rules
        on
            lower_clauses.document_id = lower_rules.document_id
            and lower_clauses.clause_number = lower_rules.clause_number
    inner join rules as upper_rules
        on
            lower_clauses.document_id = upper_rules.document_id
            and lower_clauses.parent_clause_number = upper_rules.clause_number
    where
        (
            (lower_clauses.relation in ('advcl', 'xcomp') and lower_clauses.marker = 'to')
            or (lower_clauses.kind = 'noun' and lower_clauses.marker in ('in', 'at', 'during', 'for'))
        )
        and (
            substr(lower_rules.act_code, 1, 2) = substr(upper_rules.act_code, 1, 2)
            -- "marched to demand his resignation": what a protest is for
            or starts_with(upper_rules.act_code, '14')
            -- who takes part in a conference has said nothing yet
            or (upper_rules.direction = 'attend' and lower_rules.direction = 'statement')
        )
),

prefixed as (
    select
        rules.document_id,
        rules.clause_number,
        arg_max(codes.planned_code, length(codes.act_prefix)) as planned_code,
        arg_max(codes.refused_code, length(codes.act_prefix)) as refused_code,
        arg_max(codes.undone_code, length(codes.act_prefix)) as undone_code
    from rules
    inner join codes on starts_with(rules.act_code, codes.act_prefix)
    group by rules.document_id, rules.clause_number
),

final as (
    select
        rules.*,
        clauses.sentence_number,
        statuses.status,
        statuses.status_rule_key,
        consumed.clause_number is not null as is_consumed,
        {{ cameo_code_of('statuses.status', 'rules.act_code', 'prefixed') }} as cameo_code
    from rules
    inner join clauses on rules.document_id = clauses.document_id and rules.clause_number = clauses.clause_number
    inner join statuses on rules.document_id = statuses.document_id and rules.clause_number = statuses.clause_number
    left join prefixed on rules.document_id = prefixed.document_id and rules.clause_number = prefixed.clause_number
    left join consumed on rules.document_id = consumed.document_id and rules.clause_number = consumed.clause_number
)

select * from final
