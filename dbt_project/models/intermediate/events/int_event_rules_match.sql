-- One row per clause that a rule fits: the strongest, then the most specific rule. The join is on the anchor lemma.
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

rules as (
    select * from {{ ref('int_event_rules_prepare') }}
),

matched as (
    select
        clauses.document_id,
        clauses.clause_number,
        rules.rule_key,
        rules.event_type,
        rules.act_code,
        rules.plover_mode,
        rules.direction,
        rules.strength,
        row_number() over (
            partition by clauses.document_id, clauses.clause_number
            order by rules.strength desc, rules.condition_count desc, rules.rule_key asc
        ) as choice
    from clauses
    inner join rules
        on
            clauses.lemma = rules.anchor_lemma
            and clauses.kind = rules.kind
    where
        (rules.condition_role is null or list_has_any(clauses.tags, rules.condition_tags))
        and (rules.second_role is null or list_has_any(clauses.tags, rules.second_tags))
        and not list_has_any(clauses.tags, rules.without_tags)
),

final as (
    select * exclude (choice)
    from matched
    where choice = 1
)

select * from final
