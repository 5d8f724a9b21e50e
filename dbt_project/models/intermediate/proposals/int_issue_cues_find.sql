-- One row per clause and cue that its words match, nested clauses included, with the words that match. What stands around
-- them is int_issue_cues_match's to judge.
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

numbered as (
    select
        met.document_id,
        met.clause_number,
        met.cue_key,
        cues.expression,
        {{ padded('clauses.subtree_lemmas') }} as padded_text,
        {{ padded('clauses.own_lemmas') }} as own_text,
        row_number() over () as line_number
    from met
    inner join cues
        on met.cue_key = cues.cue_key
    inner join clauses
        on
            met.document_id = clauses.document_id
            and met.clause_number = clauses.clause_number
),

found as (
    {{ first_matches('numbered') | indent(4) }}
),

matched as (
    select
        numbered.* exclude (padded_text),
        found.found_text as core_text
    from numbered
    inner join found on numbered.line_number = found.line_number
),

-- the clause without its nested clauses, where it lacks the words just found
apart as (
    select
        document_id,
        line_number,
        expression,
        own_text as padded_text
    from matched
    where not contains(own_text, core_text)
),

found_apart as (
    {{ first_matches('apart') | indent(4) }}
)

select
    matched.document_id,
    matched.clause_number,
    matched.cue_key,
    matched.core_text,
    -- the match in the clause without its nested clauses, or ''
    if(contains(matched.own_text, matched.core_text), matched.core_text, coalesce(found_apart.found_text, ''))
        as own_core_text
from matched
left join found_apart on matched.line_number = found_apart.line_number
