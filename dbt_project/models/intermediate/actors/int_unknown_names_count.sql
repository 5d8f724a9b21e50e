-- One row per name that stands in texts and in no dictionary, and how widespread it is.
with

mentions as (
    select * from {{ ref('stg_language__mentions') }}
    where mention_type = 'name' and name_key != ''
),

resolved as (
    select * from {{ ref('int_mentions_resolve') }}
),

documents as (
    select document_id from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

-- a name is a word too
reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

unknown as (
    select
        mentions.document_id,
        mentions.name_key,
        mentions.label,
        mentions.surface,
        mentions.role_text,
        resolved.actor_key
    from mentions
    inner join documents on mentions.document_id = documents.document_id
    inner join resolved
        on
            mentions.document_id = resolved.document_id
            and mentions.mention_number = resolved.mention_number
    left join actors
        on resolved.actor_id = actors.actor_id
    anti join reserved on mentions.document_id = reserved.document_id
    where not resolved.is_place and (actors.actor_id is null or actors.is_discovered)
),

final as (
    select
        name_key,
        min(label) as label,
        min(surface) as example,
        min(role_text) as role_text,
        min(actor_key) as actor_key,
        count(*) as mention_count,
        count(distinct document_id) as document_count
    from unknown
    group by name_key
)

select * from final
