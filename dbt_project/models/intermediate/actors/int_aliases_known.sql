-- Every alias of the seeds with the key that mentions meet it on, and what the actor is.
with

aliases as (
    select * from {{ ref('state_aliases') }}
    union all
    select * from {{ ref('actor_alias_definitions') }}
),

actors as (
    select * from {{ ref('int_actors_known') }}
),

final as (
    select
        {{ name_key('aliases.alias') }} as name_key,
        aliases.alias,
        aliases.actor_key,
        aliases.alias_type,
        aliases.needs_context,
        aliases.valid_from_date,
        aliases.valid_to_date,
        actors.actor_type,
        actors.country_iso3
    from aliases
    inner join actors
        on aliases.actor_key = actors.actor_key
)

select * from final
