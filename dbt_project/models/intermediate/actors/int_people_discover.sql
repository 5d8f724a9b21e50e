-- People the seeds do not know: one row per collection, full name and country, with a key. Namesakes of two countries are
-- two people.
with

together as (
    select * from {{ ref('int_people_group') }}
),

known as (
    select actor_key from {{ ref('int_actors_known') }}
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
