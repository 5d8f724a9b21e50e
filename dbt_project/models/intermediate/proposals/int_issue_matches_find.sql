-- One row per clause and issue it speaks of, with the best cue. A match inside a nested clause belongs to that clause.
with

matches as (
    select * from {{ ref('int_issue_cues_match') }}
),

-- words that lie in a nested clause are that clause's
allowed as (
    select matches.*
    from matches
    where
        matches.is_own
        or not exists (
            select 1
            from matches as nested
            where
                nested.document_id = matches.document_id
                and nested.cue_key = matches.cue_key
                and nested.core_text = matches.core_text
                and nested.char_start >= matches.char_start
                and nested.char_end <= matches.char_end
                and nested.char_end - nested.char_start < matches.char_end - matches.char_start
        )
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
                    and length(other.core_text) >= length(outer_match.core_text)
                    and (not outer_match.is_own or (other.is_own and outer_match.kind = 'noun'))
                )
                or (
                    outer_match.char_start >= other.char_start
                    and outer_match.char_end <= other.char_end
                    and outer_match.char_end - outer_match.char_start < other.char_end - other.char_start
                    and (
                        other.specificity > outer_match.specificity
                        or (
                            length(other.core_text) > length(outer_match.core_text)
                            and contains(other.core_text, outer_match.core_text)
                        )
                    )
                    and (
                        outer_match.kind = 'noun'
                        or (
                            outer_match.relation in ('acl', 'pcomp')
                            and contains(other.core_text, outer_match.core_text)
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
