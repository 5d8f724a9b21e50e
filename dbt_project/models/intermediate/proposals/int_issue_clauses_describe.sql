-- One row per matched clause and issue with what its cue says there: levels, whose act it is, the condition it stands under.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
)

select
    matches.document_id,
    matches.clause_number,
    matches.conflict_key,
    matches.issue_key,
    matches.scope_key,
    matches.cue_key,
    clauses.sentence_number,
    clauses.char_start,
    clauses.char_end,
    clauses.is_negated,
    clauses.modal,
    {{ padded('clauses.subtree_lemmas') }} as clause_text,
    found.is_exchange,
    cues.kind as cue_kind,
    cues.modality as cue_modality,
    cues.is_negation_inside,
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
    subjects.subject_key,
    subjects.pole as subject_pole,
    subjects.is_shared as is_subject_shared,
    conditions.condition_text,
    conditions.is_reservation
from {{ ref('int_scopes_match') }} as matches
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
left join {{ ref('int_conditions_find') }} as conditions
    on
        matches.document_id = conditions.document_id
        and matches.clause_number = conditions.origin_number
left join {{ ref('int_clause_subjects_resolve') }} as subjects
    on
        matches.document_id = subjects.document_id
        and matches.clause_number = subjects.clause_number
        and matches.issue_key = subjects.issue_key
