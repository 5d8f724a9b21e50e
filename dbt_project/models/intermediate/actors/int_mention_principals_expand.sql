-- The parties behind a mention: one row per mention and party. 'US and European representatives' has two.
with

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

refs as (
    select * from {{ ref('int_references_resolve') }}
),

final as (
    select distinct
        mentions.document_id,
        mentions.mention_number,
        coalesce(refs.actor_key, mentions.on_behalf_key) as principal_key
    from mentions
    left join refs
        on mentions.document_id = refs.document_id and mentions.modifier_text = refs.reference_text
    where coalesce(refs.actor_key, mentions.on_behalf_key) is not null
)

select * from final
