-- One row per document: the conflict most of its words belong to, and the conflict of each sentence where it is plain.
with

sentences as (
    select
        document_id,
        sentence_number,
        unnest(lemma) as lemma
    from {{ ref('stg_language__sentences') }}
    where role != 'boilerplate'
),

hits as (
    select
        sentences.document_id,
        cues.conflict_key,
        count(*) as hit_count
    from sentences
    inner join {{ ref('conflict_cues') }} as cues
        on lower(sentences.lemma) = cues.lemma
    group by sentences.document_id, cues.conflict_key
)

select distinct on (document_id)
    document_id,
    conflict_key,
    hit_count
from hits
order by document_id, hit_count desc, conflict_key
