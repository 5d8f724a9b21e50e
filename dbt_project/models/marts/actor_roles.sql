with

roles as (
    select * from {{ ref('int_roles_known') }}
),

actors as (
    select * from {{ ref('int_actors_known') }}
),

discovered as (
    select * from {{ ref('int_actors_collect') }}
    where is_discovered and role_title is not null
),

everyone as (
    select * from {{ ref('int_actors_collect') }}
),

final as (
    select distinct
        actors.actor_id,
        roles.role_title,
        principals.actor_id as principal_actor_id,
        roles.valid_from_date,
        roles.valid_to_date
    from roles
    inner join actors
        on roles.actor_key = actors.actor_key
    left join actors as principals
        on roles.principal_key = principals.actor_key
    union
    select
        discovered.actor_id,
        discovered.role_title,
        everyone.actor_id,
        cast(null as date),
        cast(null as date)
    from discovered
    left join everyone
        on
            discovered.principal_key = everyone.actor_key
            and (everyone.collection_key is null or everyone.collection_key = discovered.collection_key)
)

select * from final
