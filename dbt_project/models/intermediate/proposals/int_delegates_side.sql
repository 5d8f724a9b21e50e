-- One row per attribution to somebody whom the text makes the head of a side's delegation: 'X, who led the Y delegation'.
with

attributions as (
    select * from {{ ref('stg_language__attributions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

sides as (
    select
        *,
        coalesce(on_behalf_key, principal_key, actor_key) as side_key
    from {{ ref('int_mentions_resolve') }}
    where
        actor_key is not null
        and actor_key not like 'person:%'
        and actor_key not like 'outlet:%'
)

select
    attributions.document_id,
    attributions.attribution_number,
    min(sides.side_key) as side_key
from attributions
inner join documents
    on attributions.document_id = documents.document_id
inner join sides
    on
        attributions.document_id = sides.document_id
        and sides.char_start > attributions.source_end
        and sides.char_start <= attributions.source_end + 60
where
    regexp_matches(
        substring(documents.body, attributions.source_end + 1, sides.char_start - attributions.source_end),
        '^, (?:who (?:has |had |is |was )?(?:led|leads|leading|heads|headed|heading|represents|represented)|(?:the )?(?:leader|head) of) (?:the )?$'  -- noqa: LT05
    )
    and regexp_matches(
        substring(documents.body, sides.char_start + 1, sides.char_end - sides.char_start + 30),
        '\b(?:delegation|delegates|negotiators|negotiating team|team|side)\b'
    )
group by attributions.document_id, attributions.attribution_number
having count(distinct sides.side_key) = 1
