-- Every actor of the warehouse: those of the seeds, and those found in texts. One row per actor_id.
with

known as (
    select * from {{ ref('int_actors_known') }}
),

people as (
    select * from {{ ref('int_people_discover') }}
),

bodies as (
    select * from {{ ref('int_bodies_discover') }}
),

states as (
    select * from {{ ref('int_states_discover') }}
),

groups as (
    select * from {{ ref('int_entities_group') }}
),

found as (
    select
        collection_key,
        actor_key,
        min(name) as name,
        'person' as actor_type,
        min(principal_key) as principal_key,
        min(role_text) as role_title
    from people
    group by collection_key, actor_key
    union all
    select
        collection_key,
        actor_key,
        min(name),
        min(actor_type),
        null,
        null
    from bodies
    group by collection_key, actor_key
    union all
    select
        collection_key,
        actor_key,
        min(name),
        'state',
        null,
        null
    from states
    group by collection_key, actor_key
    union all
    select
        collection_key,
        actor_key,
        -- where every text that has the group reserves its words, its key says what it is
        coalesce(
            min(name),
            case
                when actor_key like 'anon:%' then 'an unnamed source'
                else replace(replace(split_part(actor_key, ':', 2), '_', ' '), '-', ' ')
            end
        ),
        min(actor_type),
        min(principal_key),
        null
    from groups
    group by collection_key, actor_key
),

new as (
    select found.*
    from found
    left join known
        on found.actor_key = known.actor_key
    where known.actor_key is null
    qualify row_number() over (partition by found.collection_key, found.actor_key order by found.actor_type desc) = 1
),

final as (
    select
        actor_id,
        actor_key,
        cast(null as varchar) as collection_key,
        name,
        actor_type,
        country_iso3,
        wikidata_qid,
        principal_key,
        sector,
        cast(null as varchar) as role_title,
        false as is_discovered
    from known
    union all
    select
        {{ hash_id(['new.collection_key', 'new.actor_key']) }},
        new.actor_key,
        new.collection_key,
        new.name,
        new.actor_type,
        coalesce(principal.country_iso3, case when length(new.principal_key) = 3 then new.principal_key end),
        null,
        new.principal_key,
        case new.actor_type when 'armed_group' then 'REB' when 'state' then 'GOV' when 'government_body' then 'GOV' end,
        new.role_title,
        true
    from new
    left join known as principal
        on new.principal_key = principal.actor_key
)

select * from final
