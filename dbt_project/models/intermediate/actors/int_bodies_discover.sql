-- States, organisations and armed groups that no seed knows: one row per collection and name.
-- A state shows itself by a demonym with its stem; a name that is only ever a place is no actor.
with

entities as (
    select * from {{ ref('int_entities_collect') }}
),

matched as (
    select * from {{ ref('int_entities_match') }}
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type in ('name', 'demonym') and label in ('GPE', 'NORP', 'ORG')
),

unknown as (
    select
        mentions.collection_key,
        mentions.document_id,
        mentions.entity_number,
        mentions.name_key,
        mentions.mention_type,
        mentions.label,
        mentions.entity_name,
        entities.is_only_place,
        entities.is_person
    from mentions
    inner join entities
        on mentions.document_id = entities.document_id and mentions.entity_number = entities.entity_number
    left join matched
        on mentions.document_id = matched.document_id and mentions.entity_number = matched.entity_number
    where matched.actor_key is null and not entities.is_person
),

demonyms as (
    select distinct
        collection_key,
        regexp_replace(name_key, 's$', '') as name_key
    from unknown
    where mention_type = 'demonym'
),

bodies as (
    select
        collection_key,
        name_key,
        mode(label) as label,
        mode(entity_name) as name,
        bool_and(coalesce(is_only_place, false)) as is_only_place
    from unknown
    where mention_type = 'name' and entity_name is not null and length(name_key) > 1
    group by collection_key, name_key
),

states as (
    select distinct
        bodies.collection_key,
        bodies.name_key
    from bodies
    inner join demonyms
        on
            bodies.collection_key = demonyms.collection_key
            and substr(bodies.name_key, 1, 3) = substr(demonyms.name_key, 1, 3)
    where {{ is_demonym_of('demonyms.name_key', 'bodies.name_key') }}
),

final as (
    select
        bodies.collection_key,
        bodies.name_key,
        bodies.name,
        case
            when states.name_key is not null then 'state:' || {{ slug('bodies.name_key') }}
            when
                regexp_matches(
                    bodies.name_key,
                    '{{ var("armed_words") }}'
                )
                then 'group:' || {{ slug('bodies.name_key') }}
            else 'org:' || {{ slug('bodies.name_key') }}
        end as actor_key,
        case
            when states.name_key is not null then 'state'
            when
                regexp_matches(
                    bodies.name_key,
                    '{{ var("armed_words") }}'
                )
                then 'armed_group'
            when regexp_matches(bodies.name_key, '(party|democrats|liberals)$') then 'party'
            when
                regexp_matches(
                    bodies.name_key, '(ministry|council|parliament|assembly|government|agency|office|commission|court)$'
                )
                then 'government_body'
            else 'collective'
        end as actor_type
    from bodies
    left join states
        on bodies.collection_key = states.collection_key and bodies.name_key = states.name_key
    where
        (states.name_key is not null or (not bodies.is_only_place and bodies.label in ('ORG', 'GPE')))
        and {{ slug('bodies.name_key') }} != ''
)

select * from final
