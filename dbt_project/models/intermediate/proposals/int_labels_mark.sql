-- One row per place where a text calls a move by a name ('apparent concession'), with who calls it so and whose move.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

labels as (
    select * from {{ ref('claimed_labels') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

language_attributions as (
    select * from {{ ref('stg_language__attributions') }}
),

final as (
    select
        clauses.document_id,
        clauses.sentence_number,
        clauses.char_start,
        clauses.char_end,
        clauses.trigger_start,
        labels.direction,
        regexp_extract(
            substring(
                documents.body,
                greatest(clauses.trigger_start - 14, 0) + 1,
                clauses.trigger_end - greatest(clauses.trigger_start - 14, 0)
            ),
            '((?:apparent|major|significant|first|big|key|painful|unilateral|territorial|sharp|sudden)? ?[^ ]+)$',
            1
        ) as label_text,
        coalesce(
            substring(
                documents.body,
                language_attributions.source_start + 1,
                language_attributions.source_end - language_attributions.source_start
            ),
            documents.outlet_name,
            'the text itself'
        ) as claimed_by,
        {{ padded('clauses.subtree_lemmas') }} as text
    from clauses
    inner join labels
        on
            clauses.lemma = labels.anchor_lemma
            and clauses.kind = 'noun'
    inner join documents
        on
            clauses.document_id = documents.document_id
            and documents.is_latest_version
    left join language_attributions
        on
            clauses.document_id = language_attributions.document_id
            and clauses.attribution_number = language_attributions.attribution_number
    left join attributions
        on
            clauses.document_id = attributions.document_id
            and clauses.attribution_number = attributions.attribution_number
    where not clauses.is_negated
)

select
    *,
    trim(label_text) as claimed_label
from final
