-- One row per document and name that no dictionary knows and a parse may take for a person's, where the text gives it what
-- states and armed sides have: a government, forces, a border.
with

mentions as (
    select distinct
        document_id,
        actor_key,
        surface
    from {{ ref('int_mentions_resolve') }}
    where
        actor_key like 'person:%'
        and on_behalf_key is null
        and principal_key is null
        and regexp_matches(surface, '^[A-Z][\w-]+$')
)

select distinct
    documents.collection_key,
    documents.document_id,
    mentions.actor_key
from mentions
inner join {{ ref('int_documents_resolve') }} as documents
    on mentions.document_id = documents.document_id
where
    documents.is_latest_version
    and regexp_matches(
        documents.body,
        '(?i)\b' || mentions.surface
        || '(?:’s|''s|’|'') (?:\w+ )?(?:government|ministry|army|forces|troops|soldiers|parliament|capital|border|territory|president|prime minister|foreign minister|delegation)\b'  -- noqa: LT05
        || '|\b(?:president|prime minister|foreign minister|defen[cs]e minister|government|army|republic|armed forces|kingdom)\b[^.,;]{0,30} of '  -- noqa: LT05
        || mentions.surface || '\b'
        || '|\b(?:war|border|talks|ceasefire|truce|treaty) (?:with|between) (?:\w+ and )?' || mentions.surface || '\b'
    )
