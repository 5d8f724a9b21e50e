with

proposals as (
    select * from {{ ref('int_proposals_collect') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

authors as (
    {{ actors_of('proposals', 'author_key') }}
)

select
    proposals.proposal_id::varchar as proposal_id,
    proposals.collection_key::varchar as collection_key,
    proposals.proposal_key::varchar as proposal_key,
    proposals.conflict_key::varchar as conflict_key,
    proposals.name::varchar as name,
    authors.actor_id::varchar as author_actor_id,
    proposals.version_number::integer as version_number,
    proposals.supersedes_proposal_id::varchar as supersedes_proposal_id,
    proposals.tabled_date::date as tabled_date,
    proposals.point_count::integer as point_count,
    (proposals.fate in (1, 4))::boolean as is_text_public,
    proposals.status::varchar as status
from proposals
left join authors
    on
        proposals.author_key = authors.actor_key
        and proposals.collection_key = authors.of_collection_key
