-- One row per sentence and package it names: a known one, or any plan with a number of points, the older number of a plan  -- noqa: LT05
-- that was cut included.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

detected as (
    select * from {{ ref('int_sentence_conflicts_choose') }}
),

known as (
    select
        *,
        ' ' || {{ pattern_core('pattern') }} as expression
    from {{ ref('packages') }}
),

sentences as (
    select
        document_id,
        sentence_number,
        min(char_start) as char_start,
        max(char_end) as char_end,
        any_value({{ padded('subtree_lemmas') }} order by char_end - char_start desc, clause_number) as text
    from clauses
    where not is_headline
    group by document_id, sentence_number
),

named as (
    select
        sentences.document_id,
        sentences.sentence_number,
        sentences.char_start,
        sentences.char_end,
        known.proposal_key,
        known.name,
        known.conflict_key,
        known.author_key,
        known.point_count,
        known.tabled_date
    from sentences
    inner join known
        on
            contains(sentences.text, ' ' || known.anchor_lemma || ' ')
            and regexp_matches(sentences.text, known.expression)
),

-- 'a 28-point plan', 'a plan of 28 points', 'cut the plan from 28 points to 19'
numbers as (
    select distinct
        document_id,
        sentence_number,
        char_start,
        char_end,
        unnest(
            regexp_extract_all(
                text,
                ' (\d{1,3})(?:-| )point (?:[^ ]+ ){0,2}(?:plan|proposal|formula|draft|framework|document|roadmap|memorandum) ',  -- noqa: LT05
                1
            )
            || regexp_extract_all(
                text,
                ' (?:plan|proposal|formula|draft|framework|document|roadmap|memorandum) (?:of|with|in) (\d{1,3}) point ',  -- noqa: LT05
                1
            )
            || regexp_extract_all(
                text,
                ' (?:plan|proposal|formula|draft|framework|document|roadmap|memorandum) (?:[^ ]+ ){0,6}from (\d{1,3}) point ',  -- noqa: LT05
                1
            )
            || regexp_extract_all(
                text,
                ' (?:plan|proposal|formula|draft|framework|document|roadmap|memorandum) (?:[^ ]+ ){0,6}from \d{1,3} point to (\d{1,3}) ',  -- noqa: LT05
                1
            )
        ) as digits
    from sentences
),

numbered as (
    select
        numbers.document_id,
        numbers.sentence_number,
        numbers.char_start,
        numbers.char_end,
        numbers.digits || '_point_plan' as proposal_key,
        numbers.digits || '-point plan' as name,
        detected.conflict_key,
        null as author_key,
        numbers.digits::integer as point_count,
        null::date as tabled_date
    from numbers
    left join detected
        on
            numbers.document_id = detected.document_id
            and numbers.sentence_number = detected.sentence_number
    where not exists (
        select 1
        from named
        where
            named.document_id = numbers.document_id
            and named.sentence_number = numbers.sentence_number
    )
)

select * from named
union all
select * from numbered
