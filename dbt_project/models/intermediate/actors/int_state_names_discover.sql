-- Names of states that no seed knows: one row per collection and name. A state shows itself by an adjective with its stem
-- ('Lorvian' beside 'Lorvia'), by ministers of its own, by its formal name ('Republic of Tavaria') and by what it does.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

aliases as (
    select distinct name_key from {{ ref('int_aliases_known') }}
),

owners as (
    select * from {{ ref('int_office_owners_read') }}
),

unknown as (
    select * from {{ ref('int_state_candidates_list') }}
),

-- the adjectives of the texts: those that own an office or a group, and those the language layer takes for demonyms
adjectives as (
    select
        collection_key,
        name_key,
        is_of_state
    from owners
    where name_key not like '% %'
    union
    select
        collection_key,
        name_key,
        false as is_of_state
    from mentions
    where mention_type = 'demonym'
),

adjective_countries as (
    select
        *,
        unnest({{ countries_of_demonym('name_key') }}) as country_key
    from adjectives
),

by_adjective as (
    select distinct
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join adjective_countries as adjectives
        on
            unknown.collection_key = adjectives.collection_key
            and unknown.name_key = adjectives.country_key
    where
        unknown.name_key != adjectives.name_key
        and substr(unknown.name_key, 1, 3) = substr(adjectives.name_key, 1, 3)
        and (unknown.is_like_place or adjectives.is_of_state)
        -- 'Democratic' beside 'Democrat', 'Islamic' beside 'Islam'
        and not regexp_matches(adjectives.name_key, '(ic|er)s?$')
),

unknown_countries as (
    select
        *,
        unnest({{ countries_of_demonym('name_key') }}) as country_key
    from unknown
),

-- 'Tasmari' beside 'Tasmar' is no state of its own
adjectives_of_others as (
    select distinct
        adjectives.collection_key,
        adjectives.name_key
    from unknown_countries as adjectives
    inner join unknown
        on
            adjectives.collection_key = unknown.collection_key
            and adjectives.country_key = unknown.name_key
    where
        adjectives.name_key != unknown.name_key
        and substr(adjectives.name_key, 1, 3) = substr(unknown.name_key, 1, 3)
),

by_office as (
    select distinct
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join owners
        on unknown.collection_key = owners.collection_key and unknown.name_key = owners.name_key
    anti join adjectives_of_others
        on
            unknown.collection_key = adjectives_of_others.collection_key
            and unknown.name_key = adjectives_of_others.name_key
    where
        owners.is_of_state
        and (
            unknown.is_like_place
            or (not coalesce(owners.is_president, false) and unknown.name_key not like '% %')
        )
),

final as (
    select
        collection_key,
        name_key
    from by_adjective
    union
    select
        collection_key,
        name_key
    from by_office
    union
    select
        collection_key,
        name_key
    from {{ ref('int_state_acts_find') }}
    union
    select
        collection_key,
        name_key
    from unknown
    where is_formal
    union
    -- 'the Lorvian foreign minister' where no text says 'Lorvia'
    select
        owners.collection_key,
        regexp_extract(owners.name_key, '^([^ ]{3,}ia)n$', 1) as name_key
    from owners
    anti join aliases on owners.name_key = aliases.name_key
    where owners.is_of_state and regexp_matches(owners.name_key, '^[^ ]{3,}ian$')
)

select * from final
