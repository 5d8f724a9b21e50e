-- Every mention with its actor, for whom the actor speaks that day, and what decided. One row per mention.
-- 'We' inside a quotation is the speaker's principal. A city that stands for itself has a country and no actor.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

entities as (
    select * from {{ ref('int_entities_resolve') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

roles as (
    select * from {{ ref('int_roles_known') }}
),

places as (
    select
        {{ name_key('place_name') }} as name_key,
        arg_max(country_iso3, population order by country_iso3) as country_iso3
    from {{ ref('places') }}
    group by 1
),

-- The office a person held on the day, for whom it speaks; the seeds' present principal where no day is known.
principals as (
    select
        mentions.document_id,
        entities.actor_key,
        arg_max(
            roles.speaks_for_key, coalesce(roles.valid_from_date, date '1900-01-01') order by roles.speaks_for_key
        ) as speaks_for_key
    from (select distinct
        document_id,
        entity_number,
        published_date
    from mentions) as mentions
    inner join entities
        on mentions.document_id = entities.document_id and mentions.entity_number = entities.entity_number
    inner join roles
        on
            entities.actor_key = roles.actor_key
            and coalesce(mentions.published_date >= roles.valid_from_date, true)
            and coalesce(mentions.published_date <= roles.valid_to_date, true)
            and roles.speaks_for_key is not null
    group by all
),

direct as (
    select
        mentions.*,
        entities.actor_key as entity_actor_key,
        entities.rule as entity_rule,
        mentions.is_in_quote and mentions.name_key in ('we', 'us', 'our') and mentions.mention_type = 'pronoun' as is_we
    from mentions
    left join entities
        on mentions.document_id = entities.document_id and mentions.entity_number = entities.entity_number
),

entity_actors as (
    {{ actors_of('direct', 'entity_actor_key') }}
),

spoken as (
    select
        direct.*,
        actors.actor_type as entity_type,
        case
            when
                actors.actor_type in ('state', 'igo', 'armed_group', 'party', 'outlet', 'company')
                then actors.actor_key
            else
                coalesce(
                    principals.speaks_for_key,
                    actors.principal_key,
                    case when actors.actor_type = 'collective' then actors.actor_key end
                )
        end as behalf_key
    from direct
    left join entity_actors as actors
        on direct.entity_actor_key = actors.actor_key and direct.collection_key = actors.of_collection_key
    left join principals
        on direct.document_id = principals.document_id and direct.entity_actor_key = principals.actor_key
),

decided as (
    select
        *,
        case
            when is_we and entity_type = 'person' then coalesce(behalf_key, entity_actor_key) else entity_actor_key
        end as actor_key
    from spoken
),

decided_actors as (
    {{ actors_of('decided', 'actor_key') }}
),

final as (
    select
        decided.collection_key,
        decided.document_id,
        decided.mention_number,
        decided.char_start,
        decided.char_end,
        decided.head_start,
        decided.surface,
        case
            when
                decided.mention_type = 'name'
                and decided.entity_rule = 'alias'
                and decided.name_key in (
                    select name_key from {{ ref('int_aliases_known') }}
                    where alias_type = 'metonym'
                )
                and not decided.is_place
                then 'metonym'
            else decided.mention_type
        end as mention_type,
        decided.sentence_number,
        decided.entity_number,
        decided.entity_name,
        decided.head_lemma,
        actors.actor_id,
        actors.actor_key,
        actors.actor_type,
        coalesce(actors.country_iso3, case when decided.is_place then places.country_iso3 end) as country_iso3,
        case
            when actors.actor_type in ('state', 'igo', 'armed_group', 'party', 'outlet', 'company') then null else
                decided.behalf_key
        end as principal_key,
        decided.behalf_key as on_behalf_key,
        decided.is_place,
        decided.is_anonymous,
        decided.modifier_text,
        decided.role_text,
        concat_ws(' > ', decided.rule, case when decided.is_we then 'we:principal' end, decided.entity_rule) as rule
    from decided
    left join decided_actors as actors
        on decided.actor_key = actors.actor_key and decided.collection_key = actors.of_collection_key
    left join places on decided.name_key = places.name_key
)

select * from final
