-- One row per cue and anchor lemma, with the expressions that verify it.
with

cues as (
    select * from {{ ref('issue_cues') }}
),

compiled as (
    select
        cues.*,
        {{ pattern_core('cues.pattern') }} as core
    from cues
),

final as (
    select
        *,
        unnest(string_split(anchor_lemmas, '|')) as anchor_lemma,
        ' ' || core as expression,
        -- the choices of plain words that a text must have before the expression is worth a try
        list_transform(
            list_filter(
                string_split(pattern, ' '), lambda word: word != '…' and not regexp_matches(word, '[^\w|’''-]')
            ),
            lambda word: string_split(word, '|')
        ) as choices,
        -- what stands around a match may forbid it
        '((?:[^ ]+ ){0,3}' || core || '(?:[^ ]+ ){0,3})' as window_expression,
        len(string_split(pattern, ' ')) - len(string_split(pattern, '…')) + 1 as specificity
    from compiled
)

select * from final
