-- One row per place in a text that names a package: a known one, or any plan with a number of points.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

detected as (
    select * from {{ ref('int_conflicts_detect') }}
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

counted as (
    select
        sentences.*,
        regexp_extract(sentences.text, ' (\d{1,3})(?:-| )point ', 1) as digits,
        regexp_extract(
            sentences.text,
            ' point (plan|proposal|formula|draft|framework|document|roadmap|programme|program|memorandum|peace plan|peace proposal) |-point ((?:[^ ]+ )?(?:plan|proposal|formula|draft|framework|document|roadmap|memorandum)) ',  -- noqa: LT05
            0
        ) as kind
    from sentences
    where
        regexp_matches(
            sentences.text,
            '(?: |-)point (?:[^ ]+ ){0,2}(?:plan|proposal|formula|draft|framework|document|roadmap|memorandum) '
        )
),

numbered as (
    select
        counted.document_id,
        counted.sentence_number,
        counted.char_start,
        counted.char_end,
        counted.digits || '_point_plan' as proposal_key,
        counted.digits || '-point plan' as name,
        detected.conflict_key,
        null as author_key,
        counted.digits::integer as point_count,
        null::date as tabled_date
    from counted
    left join detected
        on counted.document_id = detected.document_id
    where
        counted.digits != ''
        and not exists (
            select 1
            from named
            where
                named.document_id = counted.document_id
                and named.sentence_number = counted.sentence_number
        )
)

select * from named
union all
select * from numbered
