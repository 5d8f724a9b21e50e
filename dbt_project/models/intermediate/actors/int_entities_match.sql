-- Which actor of the seeds a cluster's names mean: one row per cluster that the seeds know.
-- The fullest name decides; a person's surname alone counts only where no other full name of the text owns it.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type in ('name', 'demonym') and entity_number is not null
),

entities as (
    select * from {{ ref('int_entities_collect') }}
),

aliases as (
    select * from {{ ref('int_aliases_known') }}
),

roles as (
    select * from {{ ref('int_roles_known') }}
),

names as (
    select distinct
        mentions.document_id,
        mentions.entity_number,
        mentions.name_key,
        mentions.name_key = coalesce(entities.entity_key, mentions.name_key) as is_fullest,
        mentions.is_place and mentions.mention_type = 'name' as is_place,
        mentions.role_noun,
        entities.is_person,
        entities.published_date
    from mentions
    inner join entities
        on mentions.document_id = entities.document_id and mentions.entity_number = entities.entity_number
    where not entities.is_person or mentions.name_key = entities.entity_key or entities.entity_key not like '% %'
),

offices as (
    select distinct
        actor_key,
        role_noun
    from roles
),

candidates as (
    select
        names.document_id,
        names.entity_number,
        aliases.actor_key,
        max(
            case when names.is_fullest then 4 else 1 end
            + case when names.name_key like '% %' then 2 else 0 end
            + case when offices.actor_key is not null then 2 else 0 end
            - case when aliases.needs_context then 1 else 0 end
        ) as score
    from names
    inner join aliases
        on
            names.name_key = aliases.name_key
            and coalesce(names.published_date >= aliases.valid_from_date, true)
            and coalesce(names.published_date <= aliases.valid_to_date, true)
            and (aliases.actor_type = 'person') = names.is_person
    left join offices
        on aliases.actor_key = offices.actor_key and names.role_noun = offices.role_noun
    where
        (aliases.alias_type != 'metonym' or not aliases.needs_context or not names.is_place)
        and (not aliases.needs_context or aliases.alias_type = 'metonym' or offices.actor_key is not null)
    group by all
),

final as (
    select * from candidates
    qualify row_number() over (partition by document_id, entity_number order by score desc, actor_key) = 1
)

select * from final
