-- The actor of every cluster that has a name of a state, body or known person; people the seeds do not know come later.
with

entities as (
    select * from {{ ref('int_entities_collect') }}
),

matched as (
    select * from {{ ref('int_entities_match') }}
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type in ('name', 'demonym') and entity_number is not null
),

discovered as (
    select
        collection_key,
        name_key,
        actor_key,
        'discovered' as rule,
        false as is_metonym
    from {{ ref('int_bodies_discover') }}
    union all
    select
        collection_key,
        name_key,
        actor_key,
        if(alias_type = 'demonym', 'demonym_stem', 'discovered') as rule,
        alias_type = 'metonym' as is_metonym
    from {{ ref('int_states_discover') }}
),

by_name as (
    select
        mentions.document_id,
        mentions.entity_number,
        min(discovered.actor_key) as actor_key,
        min(discovered.rule) as rule
    from mentions
    inner join discovered
        on mentions.collection_key = discovered.collection_key and mentions.name_key = discovered.name_key
    where not (discovered.is_metonym and mentions.is_place)
    group by mentions.document_id, mentions.entity_number
),

final as (
    select
        entities.document_id,
        entities.entity_number,
        coalesce(matched.actor_key, by_name.actor_key) as actor_key,
        if(matched.actor_key is not null, 'alias', by_name.rule) as rule
    from entities
    left join matched
        on entities.document_id = matched.document_id and entities.entity_number = matched.entity_number
    left join by_name
        on
            entities.document_id = by_name.document_id
            and if(entities.is_person, null, entities.entity_number) = by_name.entity_number
    where coalesce(matched.actor_key, by_name.actor_key) is not null
)

select * from final
