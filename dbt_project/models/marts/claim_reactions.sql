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

answered as (
    select
        reactions.*,
        positions.collection_key
    from reactions
    inner join positions
        on reactions.position_id = positions.position_id
),

reactors as (
    {{ actors_of('answered', 'actor_key') }}
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
    reactors.actor_id::varchar as actor_id,
    answered.reaction::varchar as reaction,
    answered.reaction_date::date as reaction_date,
    answered.statement_id::varchar as statement_id,
    answered.chain_id::varchar as chain_id
from answered
inner join facts
    on answered.position_id = facts.position_id
left join reactors
    on
        answered.actor_key = reactors.actor_key
        and answered.collection_key = reactors.of_collection_key
