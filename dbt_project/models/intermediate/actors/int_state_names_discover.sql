-- Names of states that no seed knows: one row per collection and name. A state shows itself by an adjective with its stem
-- ('Lorvian' beside 'Lorvia'), by ministers of its own, by its formal name ('Republic of Tavaria'), or, named beside
-- another, by an ending that only countries have.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

aliases as (
    select distinct name_key from {{ ref('int_aliases_known') }}
),

places as (
    select distinct {{ name_key('place_name') }} as name_key from {{ ref('places') }}
),

given_names as (
    select distinct {{ name_key('name') }} as name_key from {{ ref('given_names') }}
),

small_words as (
    select
        collection_key,
        name_key
    from {{ ref('int_names_weigh') }}
    where ends_small
),

surnames as (
    select distinct
        collection_key,
        regexp_extract(entity_key, '[^ ]+$') as name_key
    from mentions
    where label = 'PERSON' and entity_key like '% %'
),

owners as (
    select distinct
        mentions.collection_key,
        {{ name_key('trim(part)') }} as name_key,
        coalesce(
            regexp_matches(
                mentions.role_noun,
                '(^|acting |deputy )(prime|foreign|defence|interior) minister$|^(president|king|queen|emir|sultan)$'
            )
            or mentions.head_lemma in ('government', 'army', 'parliament', 'embassy'), false
        ) as is_of_state,
        mentions.role_noun = 'president' as is_president
    from mentions,
        unnest(string_split_regex(coalesce(mentions.role_of_text, mentions.modifier_text), '(, and | and |, )'))
            as t (part)
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

names as (
    select
        mentions.collection_key,
        regexp_replace(
            mentions.name_key,
            '^((democratic|islamic|federal|people''s|arab) )*(republic|kingdom|emirate|sultanate|federation) of ', ''
        ) as name_key,
        bool_or(regexp_matches(mentions.name_key, '(republic|kingdom|emirate|sultanate|federation) of ')) as is_formal,
        bool_or(mentions.label = 'GPE' or mentions.is_place) as is_like_place,
        bool_or(mentions.surface = upper(mentions.surface)) as is_acronym,
        mode(mentions.label) as label
    from mentions
    where mentions.mention_type = 'name' and regexp_matches(mentions.surface, '^([Tt]he )?[A-Z]')
    group by all
),

unknown as (
    select names.*
    from names
    anti join aliases on names.name_key = aliases.name_key
    anti join given_names on names.name_key = given_names.name_key
    anti join surnames on names.collection_key = surnames.collection_key and names.name_key = surnames.name_key
    anti join small_words on names.collection_key = small_words.collection_key and names.name_key = small_words.name_key
    left join places on names.name_key = places.name_key
    where
        (places.name_key is null or names.is_formal)
        and names.label != 'NORP'
        and not (names.is_acronym and length(names.name_key) < 6)
        and length(names.name_key) > 3
        and len(string_split(names.name_key, ' ')) < 4
),

by_adjective as (
    select distinct
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join adjectives
        on
            unknown.collection_key = adjectives.collection_key
            and substr(unknown.name_key, 1, 3) = substr(adjectives.name_key, 1, 3)
    where
        {{ is_demonym_of('adjectives.name_key', 'unknown.name_key') }}
        and (unknown.is_like_place or adjectives.is_of_state)
),

-- 'Tasmari' beside 'Tasmar' is no state of its own
adjectives_of_others as (
    select distinct
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join unknown as other
        on
            unknown.collection_key = other.collection_key
            and substr(unknown.name_key, 1, 3) = substr(other.name_key, 1, 3)
    where {{ is_demonym_of('unknown.name_key', 'other.name_key') }}
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

by_ending as (
    select
        collection_key,
        name_key
    from unknown
    where regexp_matches(name_key, '^[^ ]{3,}(ia|stan|land)$')
    qualify count(*) over (partition by collection_key) > 1
),

beside as (
    select distinct
        by_ending.collection_key,
        by_ending.name_key
    from by_ending
    inner join by_ending as other
        on by_ending.collection_key = other.collection_key and by_ending.name_key != other.name_key
    inner join {{ ref('int_documents_resolve') }} as documents
        on by_ending.collection_key = documents.collection_key
    where
        contains(lower(documents.body), by_ending.name_key || ' and ' || other.name_key)
        or contains(lower(documents.body), other.name_key || ' and ' || by_ending.name_key)
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
    from beside
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
