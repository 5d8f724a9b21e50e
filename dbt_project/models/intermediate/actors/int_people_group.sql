-- Names of people the seeds do not know: one row per collection, name and country. A name without a country joins the one
-- country that the collection knows for it, or stays apart; a surname alone joins the one full name that ends in it.
with

people as (
    select * from {{ ref('int_people_place') }}
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
        mode(people.entity_name order by people.entity_name) as name,
        mode(people.principal_key order by people.principal_key) as principal_key,
        mode(people.role_text order by people.role_text) as role_text,
        mode(people.role_noun order by people.role_noun) as role_noun,
        mode(people.owner_key order by people.owner_key) as owner_key
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
        mode(people.entity_name order by people.entity_name) as name,
        mode(people.principal_key order by people.principal_key) as principal_key,
        mode(people.role_text order by people.role_text) as role_text,
        mode(people.role_noun order by people.role_noun) as role_noun,
        mode(people.owner_key order by people.owner_key) as owner_key,
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

final as (
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
)

select * from final
