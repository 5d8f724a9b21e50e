-- One row per document: the conflict with the heaviest words. A single word that other conflicts share decides nothing.
with

weights as (
    select
        document_id,
        conflict_key,
        sum(weight) as weight
    from {{ ref('int_conflict_words_count') }}
    group by document_id, conflict_key
)

select distinct on (document_id)
    document_id,
    conflict_key,
    weight
from weights
where weight >= 2
order by document_id, weight desc, conflict_key
