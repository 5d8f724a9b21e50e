{% set roots = ['00', '03', '04', '05', '06', '07', '08', '10', '11', '12', '13', '14', '15', '16', '17', '18'] %}
-- One row per sentence and PLOVER root: the linear model's probability, and the clause that speaks for it most. Roots of
-- less than a thousandth are left out: no rule asks for so little. A feature's weights stand beside each other, a column
-- per root, and sums go by a number per sentence: a row per weight, grouped by columns of text, takes three times as long.
with

-- decimals add up to the same in any order
weights as (
    select
        feature,
    {% for root in roots -%}
        coalesce(sum(cast(weight as decimal(18, 6))) filter (where root = '{{ root }}'), 0) as weight_{{ root }}
        {{- "," if not loop.last }}
    {% endfor %}
    from {{ ref('event_weights') }}
    group by feature
),

collected as (
    select * from {{ ref('int_event_features_collect') }}
),

sentences as (
    select
        document_id,
        sentence_number,
        row_number() over (order by document_id, sentence_number) as sentence_id
    from (select distinct
        document_id,
        sentence_number
    from collected)
),

-- each feature that has a weight, once per sentence
features as (
    select
        sentences.sentence_id,
        collected.feature,
        min(collected.clause_number) as clause_number
    from collected
    inner join sentences
        on
            collected.document_id = sentences.document_id
            and collected.sentence_number = sentences.sentence_number
    where
        collected.feature in (
            select feature from weights
            where feature is not null
        )
    group by sentences.sentence_id, collected.feature
),

by_clause as (
    select
        features.sentence_id,
        features.clause_number,
    {% for root in roots -%}
        cast(sum(weights.weight_{{ root }}) as decimal(18, 6)) as score_{{ root }}
        {{- "," if not loop.last }}
    {% endfor %}
    from features
    inner join weights on features.feature = weights.feature
    group by features.sentence_id, features.clause_number
),

by_sentence as (
    select
        by_clause.sentence_id,
        [
            {% for root in roots -%}
                {
                    'root': '{{ root }}',
                    'clause_number': arg_max(
                        by_clause.clause_number, (by_clause.score_{{ root }}, -by_clause.clause_number)
                    ),
                    'odds': exp(
                        cast(sum(by_clause.score_{{ root }}) + any_value(intercepts.weight_{{ root }}) as double)
                    )
                }{{ "," if not loop.last }}
            {% endfor %}
        ] as choices
    from by_clause
    cross join (
        select * from weights
        where feature is null
    ) as intercepts
    group by by_clause.sentence_id
),

-- doubles add up to the same in one order alone
by_root as (
    select
        sentence_id,
        list_sum(list_transform(choices, lambda c: c.odds)) as total,
        list_max(list_transform(choices, lambda c: c.odds)) as best_odds,
        unnest(choices, recursive := true)
    from by_sentence
),

final as (
    select
        sentences.document_id,
        sentences.sentence_number,
        by_root.root,
        by_root.clause_number,
        by_root.odds / by_root.total as probability,
        if(by_root.odds = by_root.best_odds, 1, 2) as choice
    from by_root
    inner join sentences on by_root.sentence_id = sentences.sentence_id
    where by_root.odds >= by_root.total / 1000
)

select * from final
