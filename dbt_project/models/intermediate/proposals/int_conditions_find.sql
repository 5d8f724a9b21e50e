-- One row per matched clause: the condition the text puts on it, and the steps it is tied to.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

sentences as (
    select * from {{ ref('stg_language__sentences') }}
),

markers as (
    select * from {{ ref('condition_markers') }}
),

-- a clause with if, once, unless … beside the matched clause or what governs it
clausal as (
    select
        paths.document_id,
        paths.origin_number,
        clauses.clause_number as condition_number,
        clauses.char_start,
        clauses.char_end,
        1 as choice
    from paths
    inner join clauses
        on
            paths.document_id = clauses.document_id
            and paths.clause_number = clauses.parent_clause_number
            and paths.origin_number != clauses.clause_number
    inner join markers
        on
            clauses.marker = markers.marker
            and markers.kind = 'condition'
    where
        clauses.relation = 'advcl'
        and paths.depth <= 3
        and clauses.kind != 'noun'
),

spelled as (
    select
        paths.document_id,
        paths.origin_number,
        paths.char_start,
        regexp_extract(
            substring(documents.body, paths.char_start + 1, paths.char_end - paths.char_start),
            '(?i)\b((?:in (?:exchange|return) for|on (?:the )?condition|in an effort to reach|provided|so long as|as long as|subject to|only after|as soon as)\b[^.;,”"]*)',  -- noqa: LT05
            1
        ) as condition_text
    from paths
    inner join documents
        on paths.document_id = documents.document_id
    where paths.depth <= 2
),

-- yes, but: what an acceptance is tied to in the same sentence
reserved as (
    select
        paths.document_id,
        paths.origin_number,
        paths.char_start,
        regexp_extract(
            substring(documents.body, paths.char_end + 1, sentences.char_end - paths.char_end),
            '(?i)^[^.;”"]{0,60}?,? but (?:that |said |says )*([^.;,”"]*\b(?:must|should|has to|have to|had to|needs? to|needed to|only if|conditions?|conditional)\b[^.;,”"]*)',  -- noqa: LT05
            1
        ) as condition_text
    from paths
    inner join documents
        on paths.document_id = documents.document_id
    inner join sentences
        on
            paths.document_id = sentences.document_id
            and paths.sentence_number = sentences.sentence_number
    where paths.depth = 0
),

final as (
    select
        clausal.document_id,
        clausal.origin_number,
        clausal.condition_number,
        clausal.char_start,
        clausal.char_end,
        clausal.choice,
        substring(documents.body, clausal.char_start + 1, clausal.char_end - clausal.char_start) as condition_text
    from clausal
    inner join documents
        on clausal.document_id = documents.document_id
    union all by name
    select
        document_id,
        origin_number,
        2 as choice,
        trim(condition_text) as condition_text
    from spelled
    where
        condition_text != ''
        and not regexp_matches(condition_text, '(?i)^as soon as (?:possible|feasible|practicable|they can|it can)')
    union all by name
    select
        document_id,
        origin_number,
        3 as choice,
        trim(condition_text) as condition_text
    from reserved
    where condition_text != ''
)

select distinct on (document_id, origin_number)
    *,
    choice = 3 as is_reservation
from final
order by document_id, origin_number, choice, length(condition_text), char_start
