-- Dated offices of the seeds, with the state for which the holder speaks in the end.
with

roles as (
    select * from {{ ref('actor_role_definitions') }}
),

actors as (
    select * from {{ ref('int_actors_known') }}
),

final as (
    select
        roles.*,
        case
            when
                bodies.actor_type in ('government_body', 'igo')
                then coalesce(bodies.principal_key, roles.principal_key)
            else roles.principal_key
        end as speaks_for_key
    from roles
    left join actors as bodies
        on roles.principal_key = bodies.actor_key
)

select * from final
