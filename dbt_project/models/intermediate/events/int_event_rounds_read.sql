-- Which of several: one row per clause that says so, "the second meeting", "a new round of talks".
{% set ordinals = "'(first|second|third|fourth|fifth|sixth|new|next|previous|separate|another)'" %}
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

final as (
    select
        clauses.document_id,
        clauses.clause_number,
        -- what stands in front of the trigger: its own ordinal, or that of its round
        regexp_extract(
            lower(substr(documents.body, greatest(clauses.trigger_start - 39, 1), least(clauses.trigger_start, 40))),
            {{ ordinals }} || '(-| |[a-z]+ )*((round|day|session|set)s? of )?([a-z]+ ){0,2}$', 1
        ) as round
    from clauses
    inner join documents on clauses.document_id = documents.document_id
    where clauses.kind = 'noun'
)

select * from final
where round != ''
