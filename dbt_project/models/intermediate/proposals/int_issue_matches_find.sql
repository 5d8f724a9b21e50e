-- One row per clause and issue it speaks of, with the best cue. A match inside a nested clause belongs to that clause.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

lemmas as (
    select * from {{ ref('int_clause_lemmas_list') }}
),

cues as (
    select * from {{ ref('int_issue_cues_compile') }}
),

candidates as (
    select
        clauses.document_id,
        clauses.clause_number,
        clauses.char_start,
        clauses.char_end,
        clauses.sentence_number,
        clauses.kind,
        clauses.relation,
        cues.cue_key,
        cues.issue_key,
        cues.specificity,
        cues.exclude_words,
        cues.window_expression,
        cues.kind as kind_of_cue,
        regexp_extract({{ padded('clauses.subtree_lemmas') }}, cues.expression) as core_text,
        {{ padded('parents.subtree_lemmas') }} as parent_text,
        {{ padded('clauses.own_lemmas') }} as own_text,
        {{ padded('clauses.subtree_lemmas') }} as whole_text,
        coalesce({{ padded('parents.subtree_lemmas') }}, {{ padded('clauses.subtree_lemmas') }}) as wide_text,
        regexp_matches({{ padded('clauses.own_lemmas') }}, cues.expression) as is_own
    from lemmas
    inner join cues
        on lemmas.lemma = cues.anchor_lemma
    inner join clauses
        on
            lemmas.document_id = clauses.document_id
            and lemmas.clause_number = clauses.clause_number
    left join clauses as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
    where regexp_matches({{ padded('clauses.subtree_lemmas') }}, cues.expression)
),

windowed as (
    select
        *,
        kind = 'noun' and regexp_matches(
            parent_text,
            ' (?:during|after|before|until|despite|since|amid|under|following|over)'
            || regexp_replace(own_text, '[^\w ’-]', '.', 'g')
        ) as is_circumstance,
        coalesce(kind = 'noun' and regexp_matches(
            parent_text, ' (?:exchange|return) for' || regexp_replace(own_text, '[^\w ’-]', '.', 'g')
        ), false) as is_exchange,
        {{ before_core('wide_text', 'core_text') }} as before_text,
        ' ' || regexp_extract(case when is_own then own_text else whole_text end, window_expression, 1) as window_text
    from candidates
),

allowed as (
    select distinct on (document_id, clause_number, cue_key) *
    from windowed
    where
        (exclude_words is null or not {{ has_word('window_text', 'exclude_words') }})
        and not coalesce(is_circumstance, false)
        and (kind_of_cue = 'order' or not {{ is_mere_setting('before_text', 'issue_key') }})
        -- across the border of a clause the words belong to two predications
        and (
            is_own
            or kind_of_cue = 'order'
            or not {{ has_word('window_text', "'if|unless|because|although|though|while|whereas|who|which|but'") }}
        )
    order by document_id, clause_number, cue_key
),

-- of two nested matches the one that says more stands, and of equals the inner one; two verbs that each say it
-- themselves both stand
innermost as (
    select outer_match.*
    from allowed as outer_match
    where not exists (
        select 1
        from allowed as other
        where
            other.document_id = outer_match.document_id
            and other.issue_key = outer_match.issue_key
            and other.clause_number != outer_match.clause_number
            and not (other.is_own and outer_match.is_own and other.kind != 'noun' and outer_match.kind != 'noun')
            and (
                (
                    other.char_start >= outer_match.char_start
                    and other.char_end <= outer_match.char_end
                    and other.char_end - other.char_start < outer_match.char_end - outer_match.char_start
                    and other.specificity >= outer_match.specificity
                    and (not outer_match.is_own or (other.is_own and outer_match.kind = 'noun'))
                )
                or (
                    outer_match.char_start >= other.char_start
                    and outer_match.char_end <= other.char_end
                    and outer_match.char_end - outer_match.char_start < other.char_end - other.char_start
                    and other.specificity > outer_match.specificity
                    and (
                        outer_match.kind = 'noun'
                        or (
                            outer_match.relation in ('acl', 'pcomp') and contains(other.core_text, outer_match.own_text)
                        )
                    )
                )
            )
    )
),

ranked as (
    select
        *,
        row_number() over (
            partition by document_id, clause_number, issue_key
            order by is_own desc, specificity desc, cue_key
        ) as choice
    from innermost
)

select
    document_id,
    clause_number,
    issue_key,
    cue_key,
    is_own,
    is_exchange,
    window_text
from ranked
where
    choice = 1
    and (issue_key != 'withdrawal' or not exists (
        select 1
        from ranked as sibling
        where
            sibling.document_id = ranked.document_id
            and sibling.clause_number = ranked.clause_number
            and sibling.issue_key = 'territory_control'
    ))
    -- a halt along a line is told once, as the line
    and (issue_key != 'ceasefire' or not exists (
        select 1
        from ranked as sibling
        where
            sibling.document_id = ranked.document_id
            and sibling.issue_key = 'territory_control'
            and sibling.char_start < ranked.char_end
            and ranked.char_start < sibling.char_end
            and contains(sibling.cue_key, 'territory_control_0')
    ))
    and (issue_key != 'general_settlement' or not exists (
        select 1
        from ranked as sibling
        where
            sibling.document_id = ranked.document_id
            and sibling.sentence_number = ranked.sentence_number
            and sibling.issue_key != 'general_settlement'
    ))
