-- One row per matched clause, issue and holder: the clause, who holds the position how, the chain behind it, its date.
with

matches as (
    select * from {{ ref('int_issue_clauses_describe') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

chosen as (
    select * from {{ ref('int_modalities_choose') }}
    union all by name
    select modalities.* replace (pairs.second_key as holder_key)
    from {{ ref('int_modalities_choose') }} as modalities
    inner join {{ ref('int_joint_subjects_list') }} as pairs
        on
            modalities.document_id = pairs.document_id
            and modalities.clause_number = pairs.clause_number
            and modalities.holder_key = pairs.first_key
    where modalities.holder = 'subject'
)

select
    matches.* exclude (condition_text, is_reservation, is_negated, is_negation_inside),
    documents.collection_key,
    documents.story_id,
    documents.published_at,
    documents.outlet_key,
    documents.published_date,
    chosen.clause_number as modality_number,
    chosen.depth as modality_depth,
    chosen.rule_key,
    chosen.holder_key as actor_key,
    coalesce(chosen.speaker_actor_key, chosen.named_actor_key) as spoken_by_key,
    chosen.speaker_actor_id,
    chosen.speaker_key,
    chosen.named_is_anonymous,
    chosen.statement_id,
    chosen.modality as read_modality,
    chosen.is_response,
    chosen.is_answer_to_offer,
    chosen.is_answered,
    chosen.is_doubtful,
    (
        chosen.is_negative
        != coalesce(
            matches.is_negated
            and chosen.depth > 0
            and not chosen_clauses.is_negated
            and not matches.is_negation_inside,
            false
        )
    ) as is_negative,
    matches.is_negated and matches.is_negation_inside as is_inside_negation,
    chosen_clauses.modal as modality_modal,
    poles.pole as holder_pole,
    case
        when
            matches.cue_kind != 'order'
            and (not matches.is_reservation or chosen.modality in ('accepts', 'ready_to'))
            then matches.condition_text
    end as condition_text,
    {{ padded('chosen_clauses.subtree_lemmas') }} as modality_text,
    coalesce(backgrounds.reading, '') as background,
    coalesce(attributions.chain_id, sentence_chains.chain_id) as chain_id,
    chains.root_key,
    chains.root_kind,
    chains.grade,
    coalesce(times.from_date, attributions.said_from_date) as said_from_date,
    coalesce(times.to_date, attributions.said_to_date) as said_to_date,
    coalesce(times.precision, attributions.said_precision) as said_precision
from matches
inner join chosen
    on
        matches.document_id = chosen.document_id
        and matches.clause_number = chosen.origin_number
inner join clauses as chosen_clauses
    on
        matches.document_id = chosen_clauses.document_id
        and chosen.clause_number = chosen_clauses.clause_number
inner join {{ ref('int_documents_resolve') }} as documents
    on matches.document_id = documents.document_id
left join {{ ref('int_attributions_resolve') }} as attributions
    on
        chosen.document_id = attributions.document_id
        and chosen.attribution_number = attributions.attribution_number
left join {{ ref('int_sentence_chains') }} as sentence_chains
    on
        matches.document_id = sentence_chains.document_id
        and matches.sentence_number = sentence_chains.sentence_number
left join {{ ref('int_chains_resolve') }} as chains
    on
        matches.document_id = chains.document_id
        and coalesce(attributions.chain_id, sentence_chains.chain_id) = chains.chain_id
left join {{ ref('int_holding_times_find') }} as times
    on
        matches.document_id = times.document_id
        and matches.clause_number = times.origin_number
        and chosen.clause_number = times.modality_number
left join {{ ref('int_backgrounds_mark') }} as backgrounds
    on
        matches.document_id = backgrounds.document_id
        and matches.clause_number = backgrounds.origin_number
        and chosen.clause_number = backgrounds.modality_number
left join {{ ref('int_poles_resolve') }} as poles
    on
        matches.conflict_key = poles.conflict_key
        and matches.issue_key = poles.issue_key
        and matches.scope_key = poles.scope_key
        and chosen.holder_key = poles.actor_key
