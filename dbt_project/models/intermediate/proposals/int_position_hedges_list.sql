-- One row per position mention with the words that hedge it, as lemmas in order of their strength in the list.
with

mentions as (
    select * from {{ ref('int_position_mentions_code') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

cues as (
    select * from {{ ref('hedge_cues') }}
),

words as (
    select distinct
        paths.document_id,
        paths.origin_number,
        unnest(string_split(lower(paths.own_lemmas), ' ')) as lemma
    from paths
),

found as (
    select distinct
        mentions.position_mention_id,
        cues.lemma
    from mentions
    inner join words
        on
            mentions.document_id = words.document_id
            and mentions.clause_number = words.origin_number
    inner join cues
        on words.lemma = cues.lemma
    where not mentions.is_presupposed
)

select
    position_mention_id,
    string_agg(lemma, '; ' order by lemma) as hedges
from found
group by position_mention_id
