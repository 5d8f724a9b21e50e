-- One row per sentence and PLOVER root: the linear model's probability, and the clause that speaks for it most.
with

features as (
    select * from {{ ref('int_event_features_collect') }}
),

weights as (
    select * from {{ ref('event_weights') }}
),

intercepts as (
    select
        root,
        weight
    from weights
    where feature is null
),

by_clause as (
    select
        features.document_id,
        features.sentence_number,
        features.clause_number,
        weights.root,
        -- decimals add up to the same in any order
        sum(cast(weights.weight as decimal(18, 6))) as score
    from features
    inner join weights on features.feature = weights.feature
    group by features.document_id, features.sentence_number, features.clause_number, weights.root
),

by_sentence as (
    select
        document_id,
        sentence_number,
        root,
        sum(score) as score,
        arg_max(clause_number, (score, -clause_number)) as clause_number
    from by_clause
    group by document_id, sentence_number, root
),

sentences as (
    select distinct
        document_id,
        sentence_number
    from by_sentence
),

scored as (
    select
        sentences.document_id,
        sentences.sentence_number,
        intercepts.root,
        by_sentence.clause_number,
        exp(cast(cast(intercepts.weight as decimal(18, 6)) + coalesce(by_sentence.score, 0) as double)) as odds
    from sentences
    cross join intercepts
    left join by_sentence
        on
            sentences.document_id = by_sentence.document_id
            and sentences.sentence_number = by_sentence.sentence_number
            and intercepts.root = by_sentence.root
),

totals as (
    select
        document_id,
        sentence_number,
        sum(odds order by root) as total
    from scored
    group by document_id, sentence_number
),

shares as (
    select
        scored.document_id,
        scored.sentence_number,
        scored.root,
        scored.clause_number,
        scored.odds / totals.total as probability
    from scored
    inner join totals
        on
            scored.document_id = totals.document_id
            and scored.sentence_number = totals.sentence_number
),

final as (
    select
        *,
        row_number() over (
            partition by document_id, sentence_number order by probability desc, root asc
        ) as choice
    from shares
)

select * from final
