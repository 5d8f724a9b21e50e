-- Outlets that no seed and no manifest knows: one row per name that documents give their publisher.
with

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

known as (
    select * from {{ ref('int_outlets_collect') }}
),

final as (
    select
        documents.publisher_key as outlet_key,
        mode(documents.outlet_name order by documents.outlet_name) as name
    from documents
    anti join known
        on documents.publisher_key = known.outlet_key
    where documents.publisher_key is not null
    group by documents.publisher_key
)

select * from final
