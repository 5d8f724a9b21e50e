-- One row per chain with its last hop in words and the outlet it goes back to, if it goes back to one.
with

hops as (
    select * from {{ ref('stg_language__source_hops') }}
),

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

last_hops as (
    select
        document_id,
        chain_number,
        last(descriptor order by hop) filter (
            where hop_type in ('person', 'anonymous', 'document', 'social_post', 'broadcast')
        ) as source_text,
        last(descriptor order by hop) filter (where hop_type = 'cited_outlet') as outlet_text
    from hops
    group by document_id, chain_number
)

select distinct on (chains.chain_id)
    chains.chain_id,
    coalesce(last_hops.source_text, last_hops.outlet_text) as source_text,
    case when chains.root_key like 'outlet:%' then chains.root_key end as origin_outlet
from chains
left join last_hops
    on
        chains.document_id = last_hops.document_id
        and chains.chain_number = last_hops.chain_number
order by chains.chain_id, chains.chain_number
