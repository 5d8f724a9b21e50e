-- One row per cue with the expressions that verify it, the lemmas that anchor it, and the lemmas of one more place in its
-- pattern: a text must have one of each before it is worth an expression. Words that are expressions themselves give none.
with

cues as (
    select * from {{ ref('issue_cues') }}
),

compiled as (
    select
        cues.*,
        {{ pattern_core('cues.pattern') }} as core,
        string_split(anchor_lemmas, '|') as anchors,
        list_filter(
            string_split(pattern, ' '),
            lambda word: word != '…' and not regexp_matches(word, '[\\\[(+?]')
        ) as places
    from cues
),

final as (
    select
        *,
        list_filter(
            list_transform(places, lambda place: string_split(place, '|')),
            lambda place: not list_has_any(place, anchors)
        ) as other_places,
        ' ' || core as expression,
        -- words that forbid the cue: most are plain, and looked up; a few are expressions
        list_filter(
            string_split(coalesce(exclude_words, ''), '|'),
            lambda word: word != '' and not regexp_matches(word, '[\[$]')
        ) as exclude_phrases,
        nullif(array_to_string(list_filter(
            string_split(coalesce(exclude_words, ''), '|'), lambda word: contains(word, '[')
        ), '|'), '') as exclude_expressions,
        len(string_split(pattern, ' ')) - len(string_split(pattern, '…')) + 1 as specificity
    from compiled
)

select
    * exclude (places, other_places),
    coalesce(other_places[-1], anchors) as seconds
from final
