with

roles as (
    select * from {{ ref('int_roles_known') }}
),

known as (
    select * from {{ ref('int_actors_known') }}
),

discovered as (
    select * from {{ ref('int_actors_collect') }}
    where is_discovered and role_title is not null
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

principals as (
    {{ actors_of('discovered', 'principal_key') }}
),

final as (
    select distinct
        known.actor_id,
        roles.role_title,
        sides.actor_id as principal_actor_id,
        roles.valid_from_date,
        roles.valid_to_date
    from roles
    inner join known
        on roles.actor_key = known.actor_key
    left join known as sides
        on roles.principal_key = sides.actor_key
    union
    select
        discovered.actor_id,
        discovered.role_title,
        principals.actor_id,
        cast(null as date),
        cast(null as date)
    from discovered
    left join principals
        on
            discovered.principal_key = principals.actor_key
            and discovered.collection_key = principals.of_collection_key
)

select * from final
