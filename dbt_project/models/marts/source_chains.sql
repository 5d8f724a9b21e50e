with

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

final as (
    select distinct
        chain_id,
        document_id,
        depth,
        root_key,
        root_kind,
        is_explicit,
        grade
    from chains
)

select * from final
