-- One row per matched clause and issue with its scope: the cue's own, else the narrowest named in the clause, else in the
-- clause above (a parse may cut a phrase off), else who talks to whom, else the conflict's default, else a named place.
with

matches as (
    select
        matches.document_id,
        matches.clause_number,
        matches.issue_key,
        matches.cue_key,
        cues.scope_key as cue_scope_key,
        detected.conflict_key
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('issue_cues') }} as cues
        on matches.cue_key = cues.cue_key
    inner join {{ ref('stg_language__clauses') }} as clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    left join {{ ref('int_sentence_conflicts_choose') }} as detected
        on
            matches.document_id = detected.document_id
            and clauses.sentence_number = detected.sentence_number
),

scopes as (
    select * from {{ ref('scope_definitions') }}
),

final as (
    select
        matches.document_id,
        matches.clause_number,
        matches.issue_key,
        matches.cue_key,
        matches.conflict_key,
        named.scope_key as named_scope_key,
        case
            when
                cue_scopes.conflict_key is null or cue_scopes.conflict_key = matches.conflict_key
                then matches.cue_scope_key
        end as cue_scope_key,
        defaults.scope_key as default_scope_key,
        case
            when
                matches.issue_key in (
                    'territory_control',
                    'territorial_recognition',
                    'withdrawal',
                    'self_determination',
                    'humanitarian_access'
                )
                then places.scope_key
        end as place_scope_key,
        places.scope_name,
        partners.scope_key as talks_scope_key
    from matches
    left join {{ ref('int_scopes_find') }} as named
        on
            matches.document_id = named.document_id
            and matches.clause_number = named.clause_number
            and matches.issue_key = named.issue_key
    left join scopes as cue_scopes
        on matches.cue_scope_key = cue_scopes.scope_key
    left join {{ ref('int_places_name') }} as places
        on
            matches.document_id = places.document_id
            and matches.clause_number = places.clause_number
    left join {{ ref('int_talks_partners_find') }} as partners
        on
            if(matches.issue_key in ('negotiation_format', 'sequencing'), matches.document_id, null)
            = partners.document_id
            and matches.clause_number = partners.clause_number
    left join {{ ref('scope_defaults') }} as defaults
        on
            coalesce(matches.conflict_key, '') = coalesce(defaults.conflict_key, '')
            and matches.issue_key = defaults.issue_key
)

select
    *,
    coalesce(cue_scope_key, place_scope_key, named_scope_key, talks_scope_key, default_scope_key, 'general')
        as scope_key
from final
