-- The actor of every cluster that has a name of a state, body or known person; people the seeds do not know come later.
with

entities as (
    select * from {{ ref('int_entities_collect') }}
),

matched as (
    select * from {{ ref('int_entities_match') }}
),

bodies as (
    select * from {{ ref('int_bodies_discover') }}
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type in ('name', 'demonym') and entity_number is not null
),

by_demonym as (
    select
        mentions.document_id,
        mentions.entity_number,
        min(bodies.actor_key) as actor_key
    from mentions
    inner join bodies
        on
            mentions.collection_key = bodies.collection_key
            and bodies.actor_type = 'state'
            and substr(bodies.name_key, 1, 3) = substr(mentions.name_key, 1, 3)
    where mentions.mention_type = 'demonym' and {{ is_demonym_of('mentions.name_key', 'bodies.name_key') }}
    group by all
),

by_name as (
    select
        mentions.document_id,
        mentions.entity_number,
        min(bodies.actor_key) as actor_key
    from mentions
    inner join bodies
        on mentions.collection_key = bodies.collection_key and mentions.name_key = bodies.name_key
    where mentions.mention_type = 'name'
    group by all
),

final as (
    select
        entities.document_id,
        entities.entity_number,
        coalesce(matched.actor_key, by_name.actor_key, by_demonym.actor_key) as actor_key,
        case
            when matched.actor_key is not null then 'alias' when by_name.actor_key is not null then 'discovered'
            else 'demonym_stem'
        end as rule
    from entities
    left join matched
        on entities.document_id = matched.document_id and entities.entity_number = matched.entity_number
    left join by_name
        on
            entities.document_id = by_name.document_id and entities.entity_number = by_name.entity_number
            and not entities.is_person
    left join by_demonym
        on
            entities.document_id = by_demonym.document_id and entities.entity_number = by_demonym.entity_number
            and not entities.is_person
    where coalesce(matched.actor_key, by_name.actor_key, by_demonym.actor_key) is not null
)

select * from final
