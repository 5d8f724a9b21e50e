-- One row per clause and anchor lemma of a cue in it: the equality that rules meet text by.
with

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

anchors as (
    select unnest(anchors) as anchor_lemma from {{ ref('int_issue_cues_compile') }}
    union
    select unnest(seconds) as anchor_lemma from {{ ref('int_issue_cues_compile') }}
    union
    select anchor_lemma from {{ ref('scope_cues') }}
),

words as (
    select distinct
        clauses.document_id,
        clauses.clause_number,
        unnest(string_split(lower(clauses.subtree_lemmas), ' ')) as lemma
    from clauses
    where not clauses.is_headline
)

select
    words.document_id,
    words.clause_number,
    words.lemma
from words
inner join anchors
    on words.lemma = anchors.anchor_lemma
