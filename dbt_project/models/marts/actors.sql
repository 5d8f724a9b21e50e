with

actors as (
    select * from {{ ref('int_actors_collect') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
    where actor_id is not null
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

roles as (
    select * from {{ ref('int_roles_known') }}
),

seen as (
    select
        mentions.collection_key,
        mentions.actor_id,
        min(documents.published_date) as first_seen_date,
        max(documents.published_date) as last_seen_date,
        count(distinct mentions.document_id) as document_count,
        count(*) as mention_count
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    group by mentions.collection_key, mentions.actor_id
),

-- The office held on the last day the actor was seen; of several the one that began last.
offices as (
    select
        seen.collection_key,
        seen.actor_id,
        arg_max(
            roles.role_title, coalesce(roles.valid_from_date, date '1900-01-01') order by roles.role_title
        ) as role_title,
        arg_max(
            roles.speaks_for_key, coalesce(roles.valid_from_date, date '1900-01-01') order by roles.speaks_for_key
        ) as principal_key
    from seen
    inner join actors
        on seen.actor_id = actors.actor_id
    inner join roles
        on
            actors.actor_key = roles.actor_key
            and coalesce(seen.last_seen_date >= roles.valid_from_date, true)
            and coalesce(seen.last_seen_date <= roles.valid_to_date, true)
    group by all
),

principals as (
    select
        actor_key,
        collection_key,
        min(actor_id) as actor_id
    from actors
    group by all
),

joined as (
    select
        actors.*,
        seen.collection_key as seen_collection_key,
        offices.role_title as office_title,
        coalesce(offices.principal_key, actors.principal_key) as now_principal_key,
        seen.first_seen_date,
        seen.last_seen_date,
        coalesce(seen.document_count, 0) as document_count,
        coalesce(seen.mention_count, 0) as mention_count
    from actors
    left join seen
        on actors.actor_id = seen.actor_id
    left join offices
        on seen.actor_id = offices.actor_id and seen.collection_key = offices.collection_key
    where seen.actor_id is not null or not actors.is_discovered
),

final as (
    select
        joined.actor_id,
        joined.actor_key,
        coalesce(joined.seen_collection_key, joined.collection_key) as collection_key,
        joined.name,
        joined.actor_type,
        joined.country_iso3,
        joined.wikidata_qid,
        coalesce(own.actor_id, shared.actor_id) as principal_actor_id,
        coalesce(joined.office_title, joined.role_title) as role_title,
        joined.sector,
        joined.is_discovered,
        joined.first_seen_date,
        joined.last_seen_date,
        joined.document_count,
        joined.mention_count
    from joined
    left join principals as shared
        on joined.now_principal_key = shared.actor_key and shared.collection_key is null
    left join principals as own
        on joined.now_principal_key = own.actor_key and own.collection_key = joined.seen_collection_key
)

select * from final
