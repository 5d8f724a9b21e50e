-- One row per sentence, with the chain that stands behind what it says.
with

sentence_chains as (
    select * from {{ ref('stg_language__sentence_chains') }}
),

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

final as (
    select
        sentence_chains.document_id,
        sentence_chains.sentence_number,
        chains.chain_number,
        chains.chain_id
    from sentence_chains
    inner join chains
        on
            sentence_chains.document_id = chains.document_id
            and sentence_chains.chain_number = chains.chain_number
)

select * from final
