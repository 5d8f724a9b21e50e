-- Every key that a seed of actors points to is itself an actor.
with

actors as (
    select * from {{ ref('int_actors_known') }}
),

pointed as (
    select
        'actors' as seed,
        actor_key,
        principal_key as target_key
    from actors
    union all
    select
        'roles',
        actor_key,
        principal_key
    from {{ ref('actor_role_definitions') }}
    union all
    select
        'roles',
        actor_key,
        of_actor_key
    from {{ ref('actor_role_definitions') }}
    union all
    select
        'roles',
        actor_key,
        topic_key
    from {{ ref('actor_role_definitions') }}
    union all
    select
        'roles',
        actor_key,
        actor_key
    from {{ ref('actor_role_definitions') }}
    union all
    select
        'aliases',
        alias,
        actor_key
    from {{ ref('actor_alias_definitions') }}
    union all
    select
        'state aliases',
        alias,
        actor_key
    from {{ ref('state_aliases') }}
)

select pointed.*
from pointed
left join actors
    on pointed.target_key = actors.actor_key
where pointed.target_key is not null and actors.actor_key is null
