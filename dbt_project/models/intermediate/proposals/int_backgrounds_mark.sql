-- One row per matched clause and modality clause that the text calls old: 'previous demands', 'has long insisted',
-- 'again'. Such a mention dates or repeats a position and opens no change.
with

chosen as (
    select * from {{ ref('int_modalities_choose') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

cues as (
    select * from {{ ref('background_cues') }}
),

texts as (
    select
        chosen.document_id,
        chosen.origin_number,
        chosen.clause_number as modality_number,
        {{ padded('paths.own_lemmas') }} as text
    from chosen
    inner join paths
        on chosen.document_id = paths.document_id
        and chosen.origin_number = paths.origin_number
        and chosen.clause_number = paths.clause_number
    union all
    select
        chosen.document_id,
        chosen.origin_number,
        chosen.clause_number as modality_number,
        {{ padded('arguments.lemmas') }} as text
    from chosen
    inner join arguments
        on chosen.document_id = arguments.document_id
        and chosen.clause_number = arguments.clause_number
    where arguments.role = 'subject'
),

words as (
    select distinct
        document_id,
        origin_number,
        modality_number,
        unnest(string_split(trim(text), ' ')) as lemma
    from texts
)

select
    words.document_id,
    words.origin_number,
    words.modality_number,
    min(cues.reading) as reading
from words
inner join cues
    on words.lemma = cues.lemma
group by words.document_id, words.origin_number, words.modality_number
