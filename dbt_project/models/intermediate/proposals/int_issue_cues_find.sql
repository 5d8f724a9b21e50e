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

-- an expression costs a hundred times what a look at the words costs; unnested, it is sought once, to filter and to keep
verified as (
    select
        met.document_id,
        met.clause_number,
        met.cue_key,
        unnest(case
            when
                len(list_filter(
                    cues.choices,
                    lambda choice: not list_has_any(string_split(lower(clauses.subtree_lemmas), ' '), choice)
                )) = 0
                then [regexp_extract({{ padded('clauses.subtree_lemmas') }}, cues.expression)]
        end) as core_text
    from met
    inner join cues
        on met.cue_key = cues.cue_key
    inner join clauses
        on
            met.document_id = clauses.document_id
            and met.clause_number = clauses.clause_number
)

select * from verified
where core_text != ''
