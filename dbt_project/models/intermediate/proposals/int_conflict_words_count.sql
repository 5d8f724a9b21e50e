-- One row per sentence and conflict with the weight of the words in it that belong to that conflict.
with

sentences as (
    select
        document_id,
        sentence_number,
        unnest(lemma) as lemma
    from {{ ref('stg_language__sentences') }}
    where role != 'boilerplate'
)

select
    sentences.document_id,
    sentences.sentence_number,
    cues.conflict_key,
    sum(cues.weight) as weight
from sentences
inner join {{ ref('conflict_cues') }} as cues
    on lower(sentences.lemma) = cues.lemma
group by sentences.document_id, sentences.sentence_number, cues.conflict_key
