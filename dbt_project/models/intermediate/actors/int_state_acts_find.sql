-- Names that no seed has and that do what only states do: one row per collection and name. They send and command
-- ('Drovnik's chief negotiator', 'the Drovnik delegation'), speak though they are read as a place, or, named beside
-- another, have an ending that only countries have.
{% set of_any_side = "(^| )(general|colonel|admiral|commander|spokesman|spokeswoman)$" %}
with

owners as (
    select * from {{ ref('int_office_owners_read') }}
),

unknown as (
    select * from {{ ref('int_state_candidates_list') }}
),

-- One kind alone a movement, or a man in power, may have as well, and commanders and spokesmen any movement; but none of
-- them where the name is a place's or a country's.
by_envoys as (
    select
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join owners
        on unknown.collection_key = owners.collection_key and unknown.name_key = owners.name_key
    where
        unknown.name_key not like '% %'
        and regexp_matches(
            owners.owned_noun,
            '(^| )(delegation|negotiator|envoy|ambassador|diplomat|minister|official|troop|force|soldier|army|border)$'
            || '|{{ of_any_side }}'
        )
    group by unknown.collection_key, unknown.name_key
    having
        count(distinct owners.owned_noun) filter (
            where not regexp_matches(owners.owned_noun, '{{ of_any_side }}')
        ) > 1
        or bool_or(owners.owned_noun in ('delegation', 'ambassador'))
        or bool_or(unknown.is_like_place or {{ ends_like_country('unknown.name_key') }})
),

-- 'Ostravia said it would …': towns do not speak
by_speech as (
    select
        unknown.collection_key,
        unknown.name_key
    from unknown
    inner join {{ ref('int_names_weigh') }} as weights
        on unknown.collection_key = weights.collection_key and unknown.name_key = weights.name_key
    where
        weights.is_source and not weights.is_several_words
        and (unknown.label = 'GPE' or (unknown.label != 'ORG' and {{ ends_like_country('unknown.name_key') }}))
),

by_ending as (
    select
        collection_key,
        name_key
    from unknown
    where {{ ends_like_country('name_key') }}
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
    from by_envoys
    union
    select
        collection_key,
        name_key
    from by_speech
    union
    select
        collection_key,
        name_key
    from beside
)

select * from final
