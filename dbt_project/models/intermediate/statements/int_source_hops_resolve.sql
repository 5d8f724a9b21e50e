-- One row per hop of a sourcing chain, with the actor it names. Hop 1 is the publishing outlet.
with

hops as (
    select * from {{ ref('stg_language__source_hops') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

-- an outlet is often named inside a longer descriptor: 'an article published by the Financial Times'
inner_outlets as (
    select distinct on (hops.document_id, hops.chain_number, hops.hop)
        hops.document_id,
        hops.chain_number,
        hops.hop,
        mentions.actor_id,
        mentions.actor_key
    from hops
    inner join mentions
        on
            hops.document_id = mentions.document_id
            and hops.char_start <= mentions.char_start
            and mentions.char_end <= hops.char_end
    where hops.hop_type = 'cited_outlet' and mentions.actor_key like 'outlet:%'
    order by hops.document_id, hops.chain_number, hops.hop, mentions.char_start
),

final as (
    select
        hops.document_id,
        documents.collection_key,
        documents.story_id,
        documents.published_at,
        documents.rights,
        documents.outlet_key as publisher_key,
        hops.chain_number,
        hops.hop,
        case when hops.hop = 1 then 'publisher' else hops.hop_type end as hop_type,
        case
            when
                hops.hop = 1 and documents.outlet_key is not null
                then {{ hash_id(["'actor'", 'documents.outlet_key']) }}
            else coalesce(inner_outlets.actor_id, mentions.actor_id)
        end as actor_id,
        case
            when hops.hop = 1 then documents.outlet_key else coalesce(inner_outlets.actor_key, mentions.actor_key)
        end as actor_key,
        coalesce(mentions.on_behalf_key, mentions.principal_key) as on_behalf_key,
        mentions.actor_type,
        mentions.head_lemma,
        mentions.entity_name,
        case when hops.hop = 1 then coalesce(documents.outlet_name, hops.descriptor) else hops.descriptor end
            as descriptor,
        hops.cue,
        hops.char_start,
        hops.source_count,
        hops.is_explicit
    from hops
    inner join documents
        on hops.document_id = documents.document_id
    left join mentions
        on
            hops.document_id = mentions.document_id
            and hops.mention_number = mentions.mention_number
    left join inner_outlets
        on
            hops.document_id = inner_outlets.document_id
            and hops.chain_number = inner_outlets.chain_number
            and hops.hop = inner_outlets.hop
)

select * from final
