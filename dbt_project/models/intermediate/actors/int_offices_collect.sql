-- Offices with their holders: the dated ones of the seeds, and those that a collection's texts make known.
with

people as (
    select * from {{ ref('int_people_discover') }}
),

final as (
    select
        null as collection_key,
        actor_key,
        role_noun,
        principal_key,
        speaks_for_key,
        of_actor_key,
        topic_key,
        valid_from_date,
        valid_to_date
    from {{ ref('int_roles_known') }}
    union all
    select
        collection_key,
        actor_key,
        role_noun,
        principal_key,
        principal_key,
        null,
        null,
        null,
        null
    from people
    where role_noun is not null and principal_key is not null
)

select * from final
