with

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

documents as (
    select
        document_id,
        rights
    from {{ ref('int_documents_resolve') }}
),

final as (
    select
        mentions.document_id,
        mentions.char_start,
        mentions.char_end,
        case when documents.rights = 'metadata_only' then null else mentions.surface end as surface,
        mentions.mention_type,
        mentions.actor_id,
        mentions.is_place,
        mentions.rule
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    where mentions.actor_id is not null or mentions.is_place
)

select * from final
