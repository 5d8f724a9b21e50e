-- One row per clause on a path that is told as a condition, as a question, or as what is not done ('rather than accept a
-- ceasefire'): nobody holds what it says.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

markers as (
    select * from {{ ref('condition_markers') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

marked as (
    select paths.*
    from paths
    inner join markers
        on
            paths.marker = markers.marker
            and (markers.kind in ('condition', 'question') or markers.marker = 'before')
    where
        paths.marker != 'whether'
        or paths.relation in ('ccomp', 'pcomp')
),

forgone as (
    select paths.*
    from paths
    inner join documents
        on paths.document_id = documents.document_id
    where
        paths.kind != 'noun'
        and regexp_matches(
            lower(substr(documents.body, greatest(paths.char_start - 11, 1), least(paths.char_start, 12)))
            -- at the head of a sentence the words are the clause's own
            || if(paths.relation = 'advcl', regexp_extract(paths.own_lemmas, '^(?:rather than|instead of) '), ''),
            '(?:rather than|instead of) $'
        )
),

final as (
    select
        document_id,
        origin_number,
        clause_number
    from marked
    union
    select
        document_id,
        origin_number,
        clause_number
    from forgone
)

select * from final
