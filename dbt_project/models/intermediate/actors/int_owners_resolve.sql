-- As int_references_resolve, with the people that the texts themselves make known: 'Oduya' in 'Oduya's government'.
-- One row per document, text and actor; principal_key is the party the actor stands for.
with

refs as (
    select * from {{ ref('int_references_resolve') }}
),

people as (
    select * from {{ ref('int_entities_person') }}
),

discovered as (
    select
        collection_key,
        actor_key,
        min(principal_key) as principal_key
    from {{ ref('int_people_discover') }}
    group by collection_key, actor_key
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

known as (
    select
        actor_key,
        actor_type,
        principal_key
    from {{ ref('int_actors_known') }}
),

texts as (
    select distinct
        document_id,
        collection_key,
        reference_text
    from mentions,
        unnest([role_of_text, modifier_text]) as t (reference_text)
    where reference_text is not null
),

names as (
    select distinct
        mentions.document_id,
        t.any_key as name_key,
        people.actor_key
    from mentions
    inner join people
        on mentions.document_id = people.document_id and mentions.entity_number = people.entity_number,
        unnest([mentions.name_key, mentions.entity_key]) as t (any_key)
    where mentions.mention_type = 'name'
),

found as (
    select
        texts.document_id,
        texts.reference_text,
        min(names.actor_key) as actor_key,
        min(discovered.principal_key) as principal_key
    from texts
    inner join names
        on texts.document_id = names.document_id and {{ name_key('texts.reference_text') }} = names.name_key
    left join discovered
        on names.actor_key = discovered.actor_key and texts.collection_key = discovered.collection_key
    group by texts.document_id, texts.reference_text
    having count(distinct names.actor_key) = 1
),

final as (
    select
        refs.document_id,
        refs.reference_text,
        refs.actor_key,
        case
            when
                known.actor_type in ('person', 'government_body')
                then coalesce(known.principal_key, refs.actor_key)
            else refs.actor_key
        end
            as principal_key
    from refs
    left join known
        on refs.actor_key = known.actor_key
    union
    select
        found.document_id,
        found.reference_text,
        found.actor_key,
        coalesce(found.principal_key, found.actor_key)
    from found
    left join refs
        on found.document_id = refs.document_id and found.reference_text = refs.reference_text
    where refs.actor_key is null
)

select * from final
