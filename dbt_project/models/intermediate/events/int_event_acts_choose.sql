-- One row per clause that names an event, with its act. A strong rule codes alone, the others need the linear model's
-- consent, and the model adds its own root where no rule spoke. Thresholds of November 2026, held out: a model floor of
-- .3 / .4 / .5 gives root F1 .79 / .79 / .76 and precision .85 / .88 / .91; rules from a support of .15.
with

coded as (
    select
        rules.*,
        if(clauses.kind = 'noun', clauses.parent_clause_number, null) as upper_number
    from {{ ref('int_event_rules_code') }} as rules
    inner join {{ ref('int_event_clauses_prepare') }} as clauses
        on
            rules.document_id = clauses.document_id
            and rules.clause_number = clauses.clause_number
    where not rules.is_consumed
),

scores as (
    select * from {{ ref('int_event_scores_sum') }}
),

roots as (
    select * from {{ ref('event_roots') }}
),

weighed as (
    select * from {{ ref('int_event_rules_weigh') }}
),

by_rule as (
    select * from weighed
    where
        not is_anniversary
        and (
            (is_core and strength > 1 and probability >= if(is_background, 0.1, if(strength = 3 or is_joint, 0, 0.02)))
            or (is_core and strength > 1 and status in ('ongoing', 'postponed', 'downgraded', 'cancelled'))
            or (is_core and strength > 1 and cameo_code is null)
            or probability >= {{ var('event_rule_support', 0.15) }}
            or (strength > 1 and is_plain and not is_background and (
                cameo_code is null or status in ('cancelled', 'postponed', 'downgraded', 'refused')
                or (
                    probability >= {{ var('event_plain_support', 0.03) }}
                    and nothing_probability < {{ var('event_plain_nothing', 0.75) }}
                )
            ))
        )
),

-- a plan, a refusal or a denial that a rule has read leaves the model nothing to add to its sentence
settled as (
    select distinct
        document_id,
        sentence_number
    from by_rule
    where status not in ('occurred', 'ongoing')
),

by_model as (
    select
        scores.document_id,
        scores.sentence_number,
        scores.clause_number,
        scores.root,
        scores.probability
    from scores
    left join by_rule as same_root
        on
            scores.document_id = same_root.document_id
            and scores.sentence_number = same_root.sentence_number
            and scores.root = same_root.plover_root
    left join coded as same_clause
        on
            scores.document_id = same_clause.document_id
            and same_clause.cameo_code is null
            -- "delivered a speech": nor does the verb of a noun that has no code
            and scores.clause_number in (same_clause.clause_number, same_clause.upper_number)
    anti join settled
        on
            scores.document_id = settled.document_id
            and scores.sentence_number = settled.sentence_number
    where
        scores.choice = 1
        and scores.root != '00'
        and scores.clause_number is not null
        and scores.probability >= {{ var('event_model_floor', 0.4) }}
        and same_root.clause_number is null
        and same_clause.clause_number is null
),

-- one mention per clause: a rule for talks, or a strong one, keeps its reading; any other yields to a confident model
contested as (
    select
        by_rule.document_id,
        by_rule.clause_number,
        by_rule.is_core and (by_rule.strength = 3 or by_model.probability < 0.6) as is_kept
    from by_rule
    inner join by_model
        on
            by_rule.document_id = by_model.document_id
            and by_rule.clause_number = by_model.clause_number
),

from_rules as (
    select
        by_rule.document_id,
        by_rule.sentence_number,
        by_rule.clause_number,
        by_rule.rule_key,
        by_rule.event_type,
        by_rule.act_code,
        by_rule.status,
        by_rule.direction,
        by_rule.plover_mode,
        by_rule.probability
    from by_rule
    left join contested
        on
            by_rule.document_id = contested.document_id
            and by_rule.clause_number = contested.clause_number
    where contested.is_kept is null or contested.is_kept
),

from_model as (
    select
        by_model.document_id,
        by_model.sentence_number,
        by_model.clause_number,
        'model_' || lower(roots.plover_event) as rule_key,
        roots.default_event_type as event_type,
        by_model.root as act_code,
        'occurred' as status,
        'active' as direction,
        cast(null as varchar) as plover_mode,
        by_model.probability
    from by_model
    inner join roots on by_model.root = roots.cameo_root
    left join contested
        on
            by_model.document_id = contested.document_id
            and by_model.clause_number = contested.clause_number
    where contested.is_kept is null or not contested.is_kept
),

final as (
    select * from from_rules
    union all
    select * from from_model
)

select * from final
