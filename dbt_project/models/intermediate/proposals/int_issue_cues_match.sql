-- One row per clause and cue that its words match, nested clauses included. What stands around the words may forbid the
-- cue: an excluded word, a mere circumstance ('during a truce'), the border of another clause or of what somebody said.
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

anchors as (
    select
        cue_key,
        unnest(anchors) as lemma
    from cues
),

seconds as (
    select
        cue_key,
        unnest(seconds) as lemma
    from cues
),

-- two words of the pattern stand in the clause
met as (
    select distinct
        first_words.document_id,
        first_words.clause_number,
        anchors.cue_key
    from anchors
    inner join lemmas as first_words
        on anchors.lemma = first_words.lemma
    inner join seconds
        on anchors.cue_key = seconds.cue_key
    inner join lemmas as second_words
        on
            first_words.document_id = second_words.document_id
            and first_words.clause_number = second_words.clause_number
            and seconds.lemma = second_words.lemma
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
        regexp_matches({{ padded('clauses.own_lemmas') }}, cues.expression) as is_own,
        reporting.clause_number is not null as is_reporting
    from met
    inner join cues
        on met.cue_key = cues.cue_key
    inner join clauses
        on
            met.document_id = clauses.document_id
            and met.clause_number = clauses.clause_number
    left join clauses as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
    left join reporting
        on
            clauses.document_id = reporting.document_id
            and clauses.clause_number = reporting.clause_number
    -- an expression costs a hundred times what a look at the words costs
    where
        case
            when
                len(list_filter(
                    cues.choices,
                    lambda choice: not list_has_any(string_split(lower(clauses.subtree_lemmas), ' '), choice)
                )) = 0
                then regexp_matches({{ padded('clauses.subtree_lemmas') }}, cues.expression)
            else false
        end
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
            or not (
                is_reporting
                or {{ has_word('core_text', "'if|unless|because|although|though|while|whereas|who|which|but'") }}
            )
        )
    order by document_id, clause_number, cue_key
)

select * from allowed
