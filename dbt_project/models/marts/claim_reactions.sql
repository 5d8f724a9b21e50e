with

reactions as (
    select * from {{ ref('int_reactions_match') }}
),

positions as (
    select * from {{ ref('int_positions_collect') }}
),

changes as (
    select * from {{ ref('int_changes_publish') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

facts as (
    select
        'proposal_changes' as fact_table,
        changes.change_id as fact_id,
        changes.position_id
    from changes
    union all
    select
        'positions' as fact_table,
        positions.position_id as fact_id,
        positions.position_id
    from positions
)

select distinct
    facts.fact_table::varchar as fact_table,
    facts.fact_id::varchar as fact_id,
    actors.actor_id::varchar as actor_id,
    reactions.reaction::varchar as reaction,
    reactions.reaction_date::date as reaction_date,
    reactions.statement_id::varchar as statement_id,
    reactions.chain_id::varchar as chain_id
from reactions
inner join facts
    on reactions.position_id = facts.position_id
inner join positions
    on reactions.position_id = positions.position_id
left join actors
    on
        reactions.actor_key = actors.actor_key
        and coalesce(actors.collection_key, positions.collection_key) = positions.collection_key
