-- One row per sentence and conflict with the weight of the words in it that belong to that conflict.
with

sentences as (
    select
        document_id,
        sentence_number,
        unnest(lemma) as lemma
    from {{ ref('stg_language__sentences') }}
    where role != 'boilerplate'
),

-- an armed side belongs to one war, whatever it is called
sides as (
    select distinct
        conflict_key,
        actor_key
    from {{ ref('pole_owners') }}
    where actor_key like 'group:%'
),

hits as (
    select
        sentences.document_id,
        sentences.sentence_number,
        cues.conflict_key,
        cues.weight
    from sentences
    inner join {{ ref('conflict_cues') }} as cues
        on lower(sentences.lemma) = cues.lemma
    union all
    select
        mentions.document_id,
        mentions.sentence_number,
        sides.conflict_key,
        3 as weight
    from {{ ref('int_mentions_resolve') }} as mentions
    inner join sides
        on mentions.actor_key = sides.actor_key
)

select
    document_id,
    sentence_number,
    conflict_key,
    sum(weight) as weight
from hits
group by document_id, sentence_number, conflict_key
