-- One row per matched clause and issue for which the clause, or the one above it (a parse may cut a phrase off), names a
-- scope of the sentence's conflict: the narrowest one, nearest to the clause.
with

matches as (
    select
        matches.document_id,
        matches.clause_number,
        matches.issue_key,
        detected.conflict_key,
        {{ padded('clauses.own_lemmas') }} as own_text,
        {{ padded('clauses.subtree_lemmas') }} as whole_text,
        {{ padded('coalesce(parents.subtree_lemmas, clauses.subtree_lemmas)') }} as parent_text
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('stg_language__clauses') }} as clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    left join {{ ref('stg_language__clauses') }} as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
    left join {{ ref('int_sentence_conflicts_choose') }} as detected
        on
            matches.document_id = detected.document_id
            and clauses.sentence_number = detected.sentence_number
),

-- an expression is tried only where each of its places has a word in the text; most cues are plain phrases
scope_cues as (
    select
        *,
        not regexp_matches(pattern, '[|…]') as is_phrase,
        ' ' || pattern || ' ' as phrase,
        ' ' || {{ pattern_core('pattern') }} as expression,
        list_transform(
            list_filter(string_split(pattern, ' '), lambda place: place != '…'), lambda place: string_split(place, '|')
        ) as places
    from {{ ref('scope_cues') }}
),

named_cues as (
    select
        matches.document_id,
        matches.clause_number,
        matches.own_text,
        matches.whole_text,
        matches.parent_text,
        matches.issue_key as match_issue_key,
        matches.conflict_key as match_conflict_key,
        scope_cues.*
    from (select
        *,
        string_split(parent_text, ' ') as words
    from matches) as matches
    inner join scope_cues
        on
            coalesce(matches.conflict_key, '') = coalesce(scope_cues.conflict_key, '')
            and contains(matches.parent_text, ' ' || scope_cues.anchor_lemma || ' ')
            and (
                scope_cues.is_phrase
                or len(list_filter(scope_cues.places, lambda place: not list_has_any(matches.words, place))) = 0
            )
),

final as (
    select distinct on (document_id, clause_number, match_issue_key)
        document_id,
        clause_number,
        match_issue_key as issue_key,
        scope_key
    from named_cues
    where
        {{ fits_cue('parent_text') }}
        and coalesce(
            issue_key = match_issue_key,
            match_issue_key in (
                'territory_control', 'territorial_recognition', 'self_determination', 'withdrawal', 'refugees_return',
                'prisoners_captives', 'ceasefire', 'humanitarian_access', 'maritime_corridors'
            )
            -- a town that is named elsewhere in the sentence is no place of the truce
            and (
                match_issue_key != 'ceasefire'
                or regexp_matches(
                    parent_text,
                    ' (?:ceasefire|cease-fire|truce|pause|fighting|hostilities|combat|attack|operation|offensive|campaign) (?:[^ ]+ ){0,2}?(?:in|on|around|across|for|at|over)(?: [^ ]+){0,5}?'  -- noqa: LT05
                    || expression
                )
            )
            and not (
                match_conflict_key = 'ukr-rus'
                and match_issue_key not in ('territory_control', 'territorial_recognition', 'self_determination')
            )
        )
    order by
        document_id, clause_number, match_issue_key,
        case
            when precedence <= 20 and {{ fits_cue('own_text') }} then 1
            when {{ fits_cue('whole_text') }} then 2
            else 3
        end,
        precedence,
        scope_cue_key
)

select * from final
