-- Who holds the office by which a cluster without a name is called, on the day of the document:
-- 'Putin's foreign policy adviser', 'the Ukrainian president'. Two holders that fit equally well leave it open.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where
        mention_type in ('role', 'nominal') and role_noun is not null and entity_number is not null
        and not is_anonymous
),

named as (
    select
        document_id,
        entity_number,
        actor_key
    from {{ ref('int_entities_name') }}
    union all
    select
        document_id,
        entity_number,
        actor_key
    from {{ ref('int_entities_person') }}
),

refs as (
    select * from {{ ref('int_owners_resolve') }}
),

roles as (
    select * from {{ ref('int_offices_collect') }}
),

covers as (
    select * from {{ ref('int_office_nouns_cover') }}
),

unnamed as (
    select mentions.*
    from mentions
    left join named
        on mentions.document_id = named.document_id and mentions.entity_number = named.entity_number
    where named.actor_key is null
),

candidates as (
    select
        unnamed.document_id,
        unnamed.entity_number,
        roles.actor_key,
        max(
            case when covers.is_exact then 4 else 1 end
            + case when owner.actor_key in (roles.of_actor_key, roles.principal_key) then 3 else 1 end
            + case
                when roles.topic_key = topic.actor_key then 3 when
                    roles.topic_key is null and topic.actor_key is null
                    then 1
                else 0
            end
            + case when present.actor_key is not null then 1 else 0 end
        ) as score
    from unnamed
    inner join refs as owner
        on unnamed.document_id = owner.document_id and unnamed.role_of_text = owner.reference_text
    inner join covers
        on unnamed.role_noun = covers.asked_noun
    inner join roles
        on
            covers.held_noun = roles.role_noun
            and (roles.collection_key is null or roles.collection_key = unnamed.collection_key)
            and (
                roles.of_actor_key = owner.actor_key
                or roles.principal_key = owner.actor_key
                or roles.speaks_for_key = owner.actor_key
            )
            and coalesce(
                unnamed.published_date >= roles.valid_from_date,
                unnamed.published_date is not null or roles.valid_to_date is null
            )
            and coalesce(unnamed.published_date <= roles.valid_to_date, true)
    left join refs as topic
        on unnamed.document_id = topic.document_id and unnamed.role_topic_text = topic.reference_text
    left join (select distinct
        document_id,
        actor_key
    from named) as present
        on unnamed.document_id = present.document_id and roles.actor_key = present.actor_key
    where (unnamed.role_topic_text is null or roles.topic_key = topic.actor_key)
    -- Of an office with many holders the text must name the one, whose envoy it is, or what for.
    and (
        not regexp_matches(
            covers.held_noun,
            '{{ var("shared_offices") }}'
        )
        or roles.of_actor_key = owner.actor_key
        or roles.topic_key = topic.actor_key
        or present.actor_key is not null
        or (roles.principal_key = owner.actor_key and owner.actor_key not like '___')
    )
    group by all
),

ranked as (
    select
        *,
        rank() over (partition by document_id, entity_number order by score desc) as place,
        count(*) over (partition by document_id, entity_number, score) as tied_count
    from candidates
),

final as (
    select
        document_id,
        entity_number,
        actor_key
    from ranked
    where place = 1 and tied_count = 1
)

select * from final
