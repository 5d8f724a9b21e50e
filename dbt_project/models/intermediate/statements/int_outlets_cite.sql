-- Outlets that a text of the collection cites: one row per collection and outlet.
with

roots as (
    select * from {{ ref('int_chain_roots_find') }}
),

final as (
    select distinct
        collection_key,
        cited_key
    from roots
    where cited_key is not null
)

select * from final
