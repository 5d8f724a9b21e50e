-- One row per matched clause and modality clause that the text calls old: 'previous demands', 'has long insisted',
-- 'again', 'had refused' without a day. Such a mention dates or repeats a position and opens no change.
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
        on
            chosen.document_id = paths.document_id
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
        on
            chosen.document_id = arguments.document_id
            and chosen.clause_number = arguments.clause_number
    where arguments.role = 'subject'
),

-- 'as long as', 'no longer' and 'earlier this month' make nothing old
words as (
    select distinct
        document_id,
        origin_number,
        modality_number,
        unnest(string_split(trim(regexp_replace(
            text,
            ' (?:(?:as|so) long(?: as)?|no long(?:er)?|(?:early|earlier|late|later) (?:this|that|in|on|today|[a-z]+day)) ',  -- noqa: LT05
            ' ',
            'g'
        )), ' ')) as lemma
    from texts
),

-- a main clause in the pluperfect looks back; below a verb of saying the tense says nothing
looking_back as (
    select
        chosen.document_id,
        chosen.origin_number,
        chosen.clause_number as modality_number,
        'past' as reading
    from chosen
    inner join paths
        on
            chosen.document_id = paths.document_id
            and chosen.origin_number = paths.origin_number
            and chosen.clause_number = paths.clause_number
    left join {{ ref('int_holding_times_find') }} as times
        on
            chosen.document_id = times.document_id
            and chosen.origin_number = times.origin_number
            and chosen.clause_number = times.modality_number
    where
        paths.is_perfect
        and paths.tense = 'past'
        and paths.relation = 'root'
        and paths.attribution_number is null
        and times.from_date is null
),

-- a year alone, and not the one of publication, tells what is long past
long_past as (
    select
        times.document_id,
        times.origin_number,
        times.modality_number,
        'past' as reading
    from {{ ref('int_holding_times_find') }} as times
    inner join {{ ref('int_documents_resolve') }} as documents
        on times.document_id = documents.document_id
    where
        times.precision = 'year'
        and times.to_date < documents.published_date
),

readings as (
    select
        words.document_id,
        words.origin_number,
        words.modality_number,
        cues.reading
    from words
    inner join cues
        on words.lemma = cues.lemma
    union all
    select * from looking_back
    union all
    select * from long_past
)

select
    document_id,
    origin_number,
    modality_number,
    min(reading) as reading
from readings
group by document_id, origin_number, modality_number
