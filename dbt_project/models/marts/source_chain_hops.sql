with

hops as (
    select * from {{ ref('int_source_hops_resolve') }}
),

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

final as (
    select distinct on (chains.chain_id, hops.hop)
        chains.chain_id,
        cast(hops.hop as integer) as hop,
        hops.hop_type,
        hops.actor_id,
        case when hops.rights != 'metadata_only' or hops.hop = 1 then hops.descriptor end as descriptor,
        case when hops.rights != 'metadata_only' then hops.cue end as cue
    from hops
    inner join chains
        on
            hops.document_id = chains.document_id
            and hops.chain_number = chains.chain_number
    order by chains.chain_id, hops.hop, hops.chain_number
)

select * from final
