-- One row per position whose own sentence names one package.
with

positions as (
    select * from {{ ref('int_positions_collect') }}
),

mentions as (
    select * from {{ ref('int_package_mentions_find') }}
),

proposals as (
    select * from {{ ref('int_proposals_collect') }}
)

select
    positions.position_id,
    min(proposals.proposal_id) as proposal_id
from positions
inner join mentions
    on
        positions.document_id = mentions.document_id
        and positions.char_start < mentions.char_end
        and mentions.char_start < positions.char_end
inner join proposals
    on
        positions.collection_key = proposals.collection_key
        and mentions.proposal_key = proposals.proposal_key
group by positions.position_id
having count(distinct proposals.proposal_id) = 1
