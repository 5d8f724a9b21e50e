-- One row per matched clause, issue and holder, with level, voice, condition, date, chain, and the doubt that keeps it
-- out of the marts, if any.
with

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
),

joined as (
    select
        matches.document_id,
        documents.collection_key,
        documents.story_id,
        documents.published_at,
        documents.outlet_key,
        documents.published_date,
        matches.clause_number,
        chosen.clause_number as modality_number,
        chosen.depth as modality_depth,
        clauses.sentence_number,
        clauses.char_start,
        clauses.char_end,
        matches.conflict_key,
        matches.issue_key,
        matches.scope_key,
        matches.cue_key,
        chosen.rule_key,
        chosen.holder_key as actor_key,
        coalesce(chosen.speaker_actor_key, chosen.named_actor_key) as spoken_by_key,
        chosen.speaker_actor_id,
        chosen.speaker_key,
        chosen.named_is_anonymous,
        chosen.statement_id,
        chosen.modality as read_modality,
        chosen.is_response,
        chosen.is_answered,
        chosen.is_doubtful,
        (
            chosen.is_negative
            != coalesce(
                clauses.is_negated
                and chosen.depth > 0
                and not chosen_clauses.is_negated
                and not cues.is_negation_inside,
                false
            )
        ) as is_negative,
        clauses.is_negated and cues.is_negation_inside as is_inside_negation,
        clauses.modal,
        cues.kind as cue_kind,
        found.is_exchange,
        cues.modality as cue_modality,
        cues.agent_key,
        cues.agent_pole,
        cues.level,
        cues.level_min,
        cues.level_max,
        cues.negated_level,
        cues.negated_level_min,
        cues.negated_level_max,
        cues.from_level,
        cues.from_level_min,
        cues.from_level_max,
        chosen_clauses.modal as modality_modal,
        subjects.subject_key,
        subjects.pole as subject_pole,
        subjects.is_shared as is_subject_shared,
        poles.pole as holder_pole,
        case
            when
                cues.kind != 'order' and (not conditions.is_reservation or chosen.modality in ('accepts', 'ready_to'))
                then conditions.condition_text
        end as condition_text,
        {{ padded('chosen_clauses.subtree_lemmas') }} as modality_text,
        {{ padded('clauses.subtree_lemmas') }} as clause_text,
        coalesce(backgrounds.reading, '') as background,
        coalesce(attributions.chain_id, sentence_chains.chain_id) as chain_id,
        chains.root_key,
        chains.root_kind,
        chains.grade,
        coalesce(times.from_date, attributions.said_from_date) as said_from_date,
        coalesce(times.to_date, attributions.said_to_date) as said_to_date,
        coalesce(times.precision, attributions.said_precision) as said_precision
    from {{ ref('int_scopes_match') }} as matches
    inner join chosen
        on
            matches.document_id = chosen.document_id
            and matches.clause_number = chosen.origin_number
    inner join {{ ref('int_issue_matches_find') }} as found
        on
            matches.document_id = found.document_id
            and matches.clause_number = found.clause_number
            and matches.issue_key = found.issue_key
    inner join {{ ref('issue_cues') }} as cues
        on matches.cue_key = cues.cue_key
    inner join clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    inner join clauses as chosen_clauses
        on
            matches.document_id = chosen_clauses.document_id
            and chosen.clause_number = chosen_clauses.clause_number
    inner join {{ ref('int_documents_resolve') }} as documents
        on matches.document_id = documents.document_id
    left join {{ ref('int_attributions_resolve') }} as attributions
        on
            chosen_clauses.document_id = attributions.document_id
            and chosen_clauses.attribution_number = attributions.attribution_number
            and chosen.holder != 'argument'
    left join {{ ref('int_sentence_chains') }} as sentence_chains
        on
            clauses.document_id = sentence_chains.document_id
            and clauses.sentence_number = sentence_chains.sentence_number
    left join {{ ref('int_chains_resolve') }} as chains
        on
            matches.document_id = chains.document_id
            and coalesce(attributions.chain_id, sentence_chains.chain_id) = chains.chain_id
    left join {{ ref('int_conditions_find') }} as conditions
        on
            matches.document_id = conditions.document_id
            and matches.clause_number = conditions.origin_number
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
    left join {{ ref('int_clause_subjects_resolve') }} as subjects
        on
            matches.document_id = subjects.document_id
            and matches.clause_number = subjects.clause_number
            and matches.issue_key = subjects.issue_key
)

select * from joined
