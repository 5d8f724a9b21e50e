-- One row per collection and package without a known author: the actor most often named as owner of a plan beside it.
with

mentions as (
    select * from {{ ref('int_package_mentions_find') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

resolved as (
    select * from {{ ref('int_mentions_resolve') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

votes as (
    select
        documents.collection_key,
        mentions.proposal_key,
        coalesce(resolved.on_behalf_key, resolved.principal_key, resolved.actor_key) as author_key,
        count(*) as vote_count
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.sentence_number = clauses.sentence_number
    inner join arguments
        on
            clauses.document_id = arguments.document_id
            and clauses.clause_number = arguments.clause_number
    inner join resolved
        on
            arguments.document_id = resolved.document_id
            and arguments.mention_number = resolved.mention_number
    where (
        (
            clauses.lemma in ('plan', 'proposal', 'draft', 'formula', 'document', 'framework', 'memorandum')
            and (
                arguments.role in ('possessor', 'modifier')
                or (arguments.role = 'oblique' and arguments.preposition in ('by', 'from'))
            )
        )
        or (
            clauses.lemma in (
                'draft',
                'draw_up',
                'propose',
                'present',
                'table',
                'put_forward',
                'unveil',
                'submit',
                'author',
                'release',
                'publish',
                'circulate'
            )
            and arguments.role in ('subject', 'agent')
        )
    )
    and resolved.actor_key not like 'outlet:%'
    and not coalesce(resolved.is_anonymous, false)
    group by 1, 2, 3
)

select distinct on (collection_key, proposal_key)
    collection_key,
    proposal_key,
    author_key
from votes
order by collection_key, proposal_key, vote_count desc, author_key
