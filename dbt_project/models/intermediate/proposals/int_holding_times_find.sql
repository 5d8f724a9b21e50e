-- One row per matched clause and modality clause: when the position was voiced. A time inside what is asked for (a
-- deadline) says nothing about that, nor does one that lies after publication.
with

chosen as (
    select * from {{ ref('int_modalities_choose') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

times as (
    select * from {{ ref('stg_language__times') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

upwards as (
    select
        paths.document_id,
        paths.origin_number,
        paths.depth,
        paths.clause_number,
        paths.parent_clause_number,
        paths.relation,
        chosen.clause_number as modality_number
    from paths
    inner join chosen
        on
            paths.document_id = chosen.document_id
            and paths.origin_number = chosen.origin_number
    where paths.depth >= chosen.depth
),

-- the modality clause, what stands above it, and the nouns beside them ('during a meeting in April')
places as (
    select
        document_id,
        origin_number,
        modality_number,
        depth,
        clause_number,
        null::integer as opening_end
    from upwards
    union
    select
        upwards.document_id,
        upwards.origin_number,
        upwards.modality_number,
        upwards.depth,
        clauses.clause_number,
        null::integer as opening_end
    from upwards
    inner join clauses
        on
            upwards.document_id = clauses.document_id
            and upwards.clause_number = clauses.parent_clause_number
            and clauses.kind = 'noun'
            and clauses.clause_number != upwards.origin_number
    union
    -- 'In 2021 it left the accord and demanded a withdrawal': the day that opens the sentence counts for both verbs
    select
        upwards.document_id,
        upwards.origin_number,
        upwards.modality_number,
        upwards.depth + 6 as depth,
        clauses.clause_number,
        clauses.trigger_start as opening_end
    from upwards
    inner join clauses
        on
            upwards.document_id = clauses.document_id
            and upwards.parent_clause_number = clauses.clause_number
    where upwards.relation = 'conj'
)

select distinct on (places.document_id, places.origin_number, places.modality_number)
    places.document_id,
    places.origin_number,
    places.modality_number,
    times.from_date,
    times.to_date,
    times.precision,
    times.char_start,
    times.char_end
from places
inner join times
    on
        places.document_id = times.document_id
        and places.clause_number = times.clause_number
        and coalesce(times.char_end <= places.opening_end, true)
inner join documents
    on places.document_id = documents.document_id
where
    times.from_date is not null
    and times.to_date is not null
    and times.precision in ('day', 'approx_day', 'week', 'month', 'quarter', 'year')
    and times.from_date <= coalesce(documents.published_date, times.from_date)
order by
    places.document_id, places.origin_number, places.modality_number,
    places.depth,
    date_diff('day', times.from_date, times.to_date),
    times.char_start
