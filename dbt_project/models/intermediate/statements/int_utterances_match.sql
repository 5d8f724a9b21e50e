-- One row per quotation that another article has longer or a little differently, with the words it is a cut of.
-- Only quotations of one speaker are compared: eight words or more that stand in the other as they are, or nearly the
-- same words within a week. Each points to the longest other, step by step, so the order of articles cannot matter.
with recursive

quotations as (
    select
        collection_key,
        speaker_key,
        words,
        string_split(words, ' ') as word_list,
        min(published_at) as first_at,
        max(published_at) as last_at
    from {{ ref('int_utterances_read') }}
    where is_direct and speaker_key is not null
    group by all
    having len(string_split(words, ' ')) >= 8
),

-- runs of three words to compare by; runs of five to meet by, since five alike are rare by chance
runs as (
    select
        *,
        list_distinct(list_transform(range(1, len(word_list) - 1), n -> list_slice(word_list, n, n + 2))) as threes,
        list_distinct(list_transform(range(1, len(word_list) - 3), n -> list_slice(word_list, n, n + 4))) as fives
    from quotations
),

anchors as (
    select
        collection_key,
        speaker_key,
        words,
        unnest(fives) as anchor
    from runs
),

candidates as (
    select distinct
        short.collection_key,
        short.speaker_key,
        short.words,
        long.words as longer_words
    from anchors as short
    inner join anchors as long
        on
            short.collection_key = long.collection_key
            and short.speaker_key = long.speaker_key
            and short.anchor = long.anchor
            and (length(long.words), long.words) > (length(short.words), short.words)
),

alike as (
    select
        candidates.*,
        row_number() over (
            partition by candidates.collection_key, candidates.speaker_key, candidates.words
            order by length(candidates.longer_words) desc, candidates.longer_words desc
        ) as place
    from candidates
    inner join runs as short
        using (collection_key, speaker_key, words)
    inner join runs as long
        on
            candidates.collection_key = long.collection_key
            and candidates.speaker_key = long.speaker_key
            and candidates.longer_words = long.words
    where
        contains(' ' || long.words || ' ', ' ' || short.words || ' ')
        or (
            -- 2026-11-26: one word changed in ten leaves .6 of the runs of three
            len(list_intersect(short.threes, long.threes)) >= 0.6 * len(long.threes)
            and short.first_at <= long.last_at + interval 7 day
            and long.first_at <= short.last_at + interval 7 day
        )
),

climbed as (
    select
        collection_key,
        speaker_key,
        words,
        longer_words,
        1 as step
    from alike
    where place = 1
    union all
    select
        climbed.collection_key,
        climbed.speaker_key,
        climbed.words,
        alike.longer_words,
        climbed.step + 1
    from climbed
    inner join alike
        on
            climbed.collection_key = alike.collection_key
            and climbed.speaker_key = alike.speaker_key
            and climbed.longer_words = alike.words
            and alike.place = 1
),

final as (
    select
        collection_key,
        speaker_key,
        words,
        arg_max(longer_words, step order by longer_words) as whole_words
    from climbed
    group by collection_key, speaker_key, words
)

select * from final
