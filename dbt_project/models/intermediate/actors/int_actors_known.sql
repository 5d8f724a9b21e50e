-- Every actor of the seeds: states, persons, bodies, groups and outlets.
with

states as (
    select * from {{ ref('states') }}
),

actors as (
    select * from {{ ref('actor_definitions') }}
),

outlets as (
    select * from {{ ref('int_outlets_collect') }}
),

together as (
    select
        actor_key,
        name,
        actor_type,
        country_iso3,
        wikidata_qid,
        sector,
        null as gender,
        principal_key
    from states
    union all
    select
        actor_key,
        name,
        actor_type,
        country_iso3,
        wikidata_qid,
        sector,
        gender,
        principal_key
    from actors
    union all
    select
        outlet_key,
        name,
        'outlet',
        country_iso3,
        null,
        'MED',
        null,
        null
    from outlets
),

final as (
    select
        {{ hash_id(["'actor'", 'actor_key']) }} as actor_id,
        *
    from together
)

select * from final
