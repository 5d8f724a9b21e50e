-- One row per matched clause that one side makes the condition of its own act: what it will not do until the other side
-- moves, or would do only once it has moved, it asks of the other side.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

conditions as (
    select * from paths
    where
        depth = 0
        and marker in ('until', 'unless', 'before', 'once', 'when', 'if', 'after')
)

select
    conditions.document_id,
    conditions.origin_number,
    acts.depth,
    acts.clause_number,
    'condition_' || conditions.marker as rule_key,
    'demands' as modality,
    case when acts.is_passive then 'speaker' else 'subject' end as holder,
    45 as precedence,
    null::integer as argument_number
from conditions
inner join paths as acts
    on
        conditions.document_id = acts.document_id
        and conditions.origin_number = acts.origin_number
        and acts.depth > 0
        and acts.kind != 'noun'
where
    -- the clause that the condition hangs on, past the first clause of a pair, or what refuses that act
    (acts.depth = (
        select min(above.depth)
        from paths as above
        where
            above.document_id = conditions.document_id
            and above.origin_number = conditions.origin_number
            and above.depth > 0
    ) or (acts.depth = 2 and acts.lemma in ('refuse', 'rule_out')))
    and (
        (
            conditions.marker in ('until', 'unless', 'before')
            and (
                acts.lemma in ('refuse', 'rule_out')
                or (acts.is_negated and acts.modal in ('will', 'would', 'can', 'could', 'shall'))
            )
        )
        or (
            conditions.marker not in ('until', 'unless', 'before')
            and acts.modal in ('will', 'would', 'can', 'could', 'shall')
            and (
                contains({{ padded('acts.own_lemmas') }}, ' only ')
                or contains({{ padded('conditions.own_lemmas') }}, ' only ')
            )
        )
    )
