-- People the seeds do not know: one row per collection, full name and country. A name without a country joins the one
-- country that the collection knows for it, or stays apart; namesakes of two countries are two people.
-- A surname alone joins the one full name of the collection that ends in it.
with

people as (
    select * from {{ ref('int_people_place') }}
),

known as (
    select actor_key from {{ ref('int_actors_known') }}
),

countries as (
    select
        collection_key,
        entity_key,
        min(country) as only_country,
        count(distinct country) as country_count
    from people
    group by all
),

full_names as (
    select
        people.collection_key,
        people.entity_key,
        coalesce(people.country, case when countries.country_count = 1 then countries.only_country end, '') as country,
        regexp_extract(people.entity_key, '[^ ]+$') as surname,
        mode(people.entity_name) as name,
        mode(people.principal_key) as principal_key,
        mode(people.role_text) as role_text,
        mode(people.role_noun) as role_noun,
        mode(people.owner_key) as owner_key
    from people
    inner join countries
        on people.collection_key = countries.collection_key and people.entity_key = countries.entity_key
    where people.entity_key like '% %'
    group by all
),

surnames as (
    select
        people.collection_key,
        people.entity_key,
        mode(people.entity_name) as name,
        mode(people.principal_key) as principal_key,
        mode(people.role_text) as role_text,
        mode(people.role_noun) as role_noun,
        mode(people.owner_key) as owner_key,
        coalesce(min(people.country), '') as country
    from people
    where
        people.entity_key not like '% %'
        and people.entity_key not in (
            select surname from full_names
            where full_names.collection_key = people.collection_key
        )
    group by all
),

together as (
    select
        collection_key,
        entity_key,
        country,
        surname,
        name,
        principal_key,
        role_text,
        role_noun,
        owner_key
    from full_names
    union all
    select
        collection_key,
        entity_key,
        country,
        entity_key,
        name,
        principal_key,
        role_text,
        role_noun,
        owner_key
    from surnames
),

-- Whoever serves a person the seeds do not know speaks for whom that person speaks: 'Oduya's envoy'.
owners as (
    select
        collection_key,
        owner_key,
        min(principal_key) as principal_key
    from (
        select
            collection_key,
            entity_key as owner_key,
            principal_key
        from together
        union
        select
            collection_key,
            surname,
            principal_key
        from together
    )
    where principal_key is not null
    group by collection_key, owner_key
    having count(distinct principal_key) = 1
),

keyed as (
    select
        *,
        'person:' || {{ slug('surname') }} as short_key,
        'person:' || {{ slug("concat_ws(' ', regexp_extract(entity_key, '^[^ ]+'), surname)") }} as long_key,
        count(*) over (partition by collection_key, {{ slug('surname') }}) as sharing_count,
        count(*) over (partition by collection_key, entity_key) as namesake_count
    from together
),

final as (
    select
        keyed.collection_key,
        keyed.entity_key,
        keyed.country,
        keyed.surname,
        keyed.name,
        coalesce(keyed.principal_key, owners.principal_key) as principal_key,
        keyed.role_text,
        keyed.role_noun,
        case
            when
                keyed.namesake_count > 1
                then
                    keyed.long_key
                    || '-'
                    || coalesce(nullif({{ slug("replace(keyed.country, 'state:', '')") }}, ''), 'unknown')
            when
                keyed.long_key = keyed.short_key || '-' || replace(keyed.short_key, 'person:', '')
                and clash.actor_key is not null
                then keyed.short_key || '-unknown'
            when keyed.sharing_count > 1 or clash.actor_key is not null
                then
                    case
                        when
                            keyed.long_key = keyed.short_key or long_clash.actor_key is not null
                            then keyed.long_key || '-other'
                        else keyed.long_key
                    end
            else keyed.short_key
        end as actor_key
    from keyed
    left join owners
        on keyed.collection_key = owners.collection_key and keyed.owner_key = owners.owner_key
    left join known as clash
        on keyed.short_key = clash.actor_key
    left join known as long_clash
        on keyed.long_key = long_clash.actor_key
    where keyed.short_key != 'person:'
)

select * from final
