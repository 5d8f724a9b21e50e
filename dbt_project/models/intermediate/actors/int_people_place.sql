-- People the seeds do not know, one row per cluster: full name, and the country and principal that an office tells.
-- The recogniser takes towns, feasts and words of headlines for people: a name counts where somebody of that name holds an
-- office, is a source, or bears a given name. Read by eye in November 2026, 150 people of 150 news articles: 93 of a hundred
-- are people, 79 before this rule.
with

weights as (
    select * from {{ ref('int_names_weigh') }}
    where not regexp_matches(name_key, '[0-9@#/]')
),

full_names as (
    select * from weights
    where
        is_several_words
        and (
            has_office
            or is_source
            or (begins_as_person and not (ends_small and name_key like '% % %'))
            or (is_subject and not ends_small and not is_known_place)
        )
),

accepted as (
    select
        collection_key,
        name_key
    from full_names
    union
    select
        collection_key,
        regexp_extract(name_key, '[^ ]+$')
    from full_names
    union
    select
        collection_key,
        name_key
    from weights
    where
        not is_several_words and not ends_small and not is_known_place
        and (has_office or is_source or (begins_as_person and is_subject and mention_count > 1))
),

entities as (
    select * from {{ ref('int_entities_collect') }}
    where is_person and entity_key is not null
),

named as (
    select * from {{ ref('int_entities_name') }}
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where entity_number is not null and (role_noun is not null or role_of_text is not null)
),

refs as (
    select * from {{ ref('int_references_resolve') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

known as (
    select
        actor_key,
        actor_type,
        country_iso3,
        principal_key
    from {{ ref('int_actors_known') }}
),

offices as (
    select
        mentions.document_id,
        mentions.entity_number,
        arg_min(mentions.role_text, mentions.char_start order by mentions.role_text) filter (
            where reserved.document_id is null
        ) as role_text,
        arg_min(mentions.role_noun, mentions.char_start order by mentions.role_noun) as role_noun,
        arg_min({{ name_key('mentions.role_of_text') }}, mentions.char_start order by mentions.role_of_text)
            as owner_key,
        arg_min(refs.actor_key, mentions.char_start order by refs.actor_key) filter (where refs.actor_key is not null)
            as principal_key
    from mentions
    left join refs
        on mentions.document_id = refs.document_id and mentions.role_of_text = refs.reference_text
    left join reserved
        on mentions.document_id = reserved.document_id
    group by all
),

final as (
    select
        entities.collection_key,
        entities.document_id,
        entities.entity_number,
        entities.entity_key,
        entities.entity_name,
        offices.role_text,
        offices.role_noun,
        offices.owner_key,
        case
            when
                known.actor_type in ('person', 'government_body')
                then coalesce(known.principal_key, known.country_iso3)
            else offices.principal_key
        end as principal_key,
        case
            when known.actor_type is not null then known.country_iso3
            when offices.principal_key like 'state:%' then offices.principal_key
        end as country
    from entities
    inner join accepted
        on entities.collection_key = accepted.collection_key and entities.entity_key = accepted.name_key
    left join named
        on entities.document_id = named.document_id and entities.entity_number = named.entity_number
    left join offices
        on entities.document_id = offices.document_id and entities.entity_number = offices.entity_number
    left join known
        on offices.principal_key = known.actor_key
    where named.actor_key is null
)

select * from final
