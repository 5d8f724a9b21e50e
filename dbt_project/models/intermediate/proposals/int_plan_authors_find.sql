-- One row per document that speaks of plans of one author only: whose they are ('a US-drafted plan', 'a draft written by
-- the mediators'), and so whose contents 'the plan would require' tells.
with

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

parties as (
    select
        *,
        coalesce(on_behalf_key, principal_key, actor_key) as party_key
    from {{ ref('int_mentions_resolve') }}
    where
        actor_key is not null
        and actor_key not like 'outlet:%'
        and not coalesce(is_anonymous, false)
),

authors as (
    select
        parties.document_id,
        parties.party_key
    from parties
    inner join documents
        on parties.document_id = documents.document_id
    where
        regexp_matches(
            substring(documents.body, parties.char_end + 1, 50),
            '^(?:’s|''s|’|'')?(?: |-(?:drafted|written|proposed|authored|backed) )(?:[\w-]+ ){0,2}(?:plan|proposal|draft|blueprint|framework|roadmap)\b'  -- noqa: LT05
        )
        or regexp_matches(
            substring(documents.body, greatest(parties.char_start - 60, 0) + 1, least(60, parties.char_start)),
            '\b(?:plan|proposal|draft|blueprint|framework|roadmap),? (?:that (?:was|is) )?(?:\w+ )?(?:drafted|written|proposed|tabled|prepared|presented|circulated|drawn up|put forward) by (?:the )?$'  -- noqa: LT05
        )
)

select
    document_id,
    min(party_key) as author_key
from authors
group by document_id
having count(distinct party_key) = 1
