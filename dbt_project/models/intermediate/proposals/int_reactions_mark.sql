-- One row per clause that confirms, denies, evades or answers something reported, with who reacts. A confirmation of
-- talks is none: the clause must name the report, the offer or the plan.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

cues as (
    select * from {{ ref('reaction_cues') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

sentence_chains as (
    select * from {{ ref('int_sentence_chains') }}
),

subjects as (
    select distinct on (arguments.document_id, arguments.clause_number)
        arguments.document_id,
        arguments.clause_number,
        coalesce(mentions.on_behalf_key, mentions.principal_key, mentions.actor_key) as subject_key
    from arguments
    inner join mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
    where
        arguments.role = 'subject'
        and mentions.actor_key is not null
    order by arguments.document_id, arguments.clause_number, arguments.argument_number
),

marked as (
    select
        clauses.document_id,
        clauses.clause_number,
        clauses.char_start,
        clauses.char_end,
        documents.collection_key,
        documents.published_at,
        coalesce(attributions.said_to_date, documents.published_date) as reaction_date,
        cues.reaction,
        coalesce(subjects.subject_key, attributions.on_behalf_of_actor_key, attributions.speaker_actor_key)
            as actor_key,
        attributions.statement_id,
        coalesce(attributions.chain_id, sentence_chains.chain_id) as chain_id
    from clauses
    inner join cues
        on clauses.lemma = cues.lemma
    inner join documents
        on
            clauses.document_id = documents.document_id
            and documents.is_latest_version
    left join subjects
        on
            clauses.document_id = subjects.document_id
            and clauses.clause_number = subjects.clause_number
    left join attributions
        on
            clauses.document_id = attributions.document_id
            and clauses.attribution_number = attributions.attribution_number
    left join sentence_chains
        on
            clauses.document_id = sentence_chains.document_id
            and clauses.sentence_number = sentence_chains.sentence_number
    where
        not clauses.is_negated
        and (cues.object_words is null or {{ has_word(padded('clauses.subtree_lemmas'), 'cues.object_words') }})
)

select * from marked
where actor_key is not null
