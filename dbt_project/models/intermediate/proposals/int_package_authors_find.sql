-- One row per collection and package without a known author: the actor most often named as its owner. A number of points
-- that a text tells beside another of the same plan has the other's author.
with

mentions as (
    select
        mentions.*,
        documents.collection_key,
        documents.body
    from {{ ref('int_package_mentions_find') }} as mentions
    inner join {{ ref('int_documents_resolve') }} as documents
        on mentions.document_id = documents.document_id
),

resolved as (
    select
        *,
        coalesce(on_behalf_key, principal_key, actor_key) as party_key
    from {{ ref('int_mentions_resolve') }}
    where
        actor_key is not null
        and actor_key not like 'outlet:%'
        and not coalesce(is_anonymous, false)
),

verbs as (
    select * from {{ ref('package_verbs') }}
),

-- 'the American plan', 'Trump's 28-point plan'
owned as (
    select
        mentions.collection_key,
        mentions.proposal_key,
        resolved.party_key
    from mentions
    inner join resolved
        on
            mentions.document_id = resolved.document_id
            and resolved.char_start >= mentions.char_start
            and resolved.char_end <= mentions.char_end
    where regexp_matches(
        substring(mentions.body, resolved.char_end + 1, 50),
        '^(?:’s|''s|’|'')? (?:[\w-]+ ){0,3}(?:plan|proposal|draft|formula|framework|document|roadmap|memorandum)\b'
    )
),

-- who hands, presents or drafts it
tabled as (
    select
        mentions.collection_key,
        mentions.proposal_key,
        resolved.party_key
    from mentions
    inner join {{ ref('stg_language__clauses') }} as clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.sentence_number = clauses.sentence_number
    inner join verbs
        on clauses.lemma = verbs.lemma
    inner join {{ ref('stg_language__clause_arguments') }} as arguments
        on
            clauses.document_id = arguments.document_id
            and clauses.clause_number = arguments.clause_number
    inner join resolved
        on
            arguments.document_id = resolved.document_id
            and arguments.mention_number = resolved.mention_number
    where
        arguments.role = 'agent'
        or (
            arguments.role = 'subject'
            and not clauses.is_passive
        )
),

votes as (
    select
        collection_key,
        proposal_key,
        party_key,
        count(*) as vote_count
    from (
        select * from owned
        union all
        select * from tabled
    )
    group by collection_key, proposal_key, party_key
),

voted as (
    select distinct on (collection_key, proposal_key)
        collection_key,
        proposal_key,
        party_key as author_key
    from votes
    order by collection_key, proposal_key, vote_count desc, party_key
),

shared as (
    select
        mentions.collection_key,
        mentions.proposal_key,
        min(voted.author_key) as author_key
    from mentions
    inner join mentions as other
        on
            mentions.document_id = other.document_id
            and mentions.sentence_number = other.sentence_number
            and mentions.proposal_key != other.proposal_key
    inner join voted
        on
            other.collection_key = voted.collection_key
            and other.proposal_key = voted.proposal_key
    group by mentions.collection_key, mentions.proposal_key
    having count(distinct voted.author_key) = 1
)

select
    collection_key,
    proposal_key,
    coalesce(voted.author_key, shared.author_key) as author_key
from voted
full join shared using (collection_key, proposal_key)
