-- One row per clause and cue that its words match, nested clauses included. What stands around the words may forbid the
-- cue: an excluded word, a mere circumstance ('during a truce'), the border of another clause or of what somebody said.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

cues as (
    select * from {{ ref('int_issue_cues_compile') }}
),

verified as (
    select * from {{ ref('int_issue_cues_find') }}
),

-- who says and what is said are two predications
reporting as (
    select distinct
        cues.document_id,
        cues.clause_number
    from clauses as content
    inner join clauses as cues
        on
            content.document_id = cues.document_id
            and content.parent_clause_number = cues.clause_number
    where
        content.kind != 'noun'
        and content.attribution_number is not null
        and content.attribution_number is distinct from cues.attribution_number
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
        cues.exclude_phrases,
        cues.exclude_expressions,
        cues.kind as kind_of_cue,
        verified.core_text,
        {{ padded('parents.subtree_lemmas') }} as parent_text,
        {{ padded('clauses.own_lemmas') }} as own_text,
        {{ padded('clauses.subtree_lemmas') }} as whole_text,
        coalesce({{ padded('parents.subtree_lemmas') }}, {{ padded('clauses.subtree_lemmas') }}) as wide_text,
        verified.own_core_text,
        reporting.clause_number is not null as is_reporting
    from verified
    inner join cues
        on verified.cue_key = cues.cue_key
    inner join clauses
        on
            verified.document_id = clauses.document_id
            and verified.clause_number = clauses.clause_number
    left join clauses as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
    left join reporting
        on
            clauses.document_id = reporting.document_id
            and clauses.clause_number = reporting.clause_number
),

windowed as (
    select
        *,
        own_core_text != '' as is_own,
        kind = 'noun' and len(list_filter(
            ['during', 'after', 'before', 'until', 'despite', 'since', 'amid', 'under', 'following', 'over'],
            lambda word: contains(parent_text, ' ' || word || own_text)
        )) > 0 as is_circumstance,
        kind = 'noun' and coalesce(
            contains(parent_text, ' exchange for' || own_text)
            or contains(parent_text, ' return for' || own_text), false
        ) as is_exchange,
        {{ before_core('wide_text', 'core_text') }} as before_text,
        if(
            own_core_text != '',
            {{ around_core('own_text', 'own_core_text') }},
            {{ around_core('whole_text', 'core_text') }}
        ) as window_text
    from candidates
),

final as (
    select
        document_id,
        clause_number,
        sentence_number,
        char_start,
        char_end,
        kind,
        relation,
        cue_key,
        issue_key,
        specificity,
        core_text,
        own_text,
        window_text,
        is_own,
        is_exchange
    from windowed
    where
        len(list_filter(exclude_phrases, lambda phrase: contains(window_text, ' ' || phrase || ' '))) = 0
        and (exclude_expressions is null or not {{ has_word('window_text', 'exclude_expressions') }})
        and not is_circumstance
        and (kind_of_cue = 'order' or not {{ is_mere_setting('before_text', 'issue_key') }})
        -- across the border of a clause the words belong to two predications
        and (
            is_own
            or kind_of_cue = 'order'
            or not (
                is_reporting
                or {{ has_word('core_text', "'if|unless|because|although|though|while|whereas|who|which|but'") }}
            )
        )
)

select * from final
