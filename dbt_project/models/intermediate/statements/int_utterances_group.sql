-- One row per utterance of a document: its parts share an id, and so do the same words in other documents.
with

utterances as (
    select * from {{ ref('int_utterances_read') }}
),

wholes as (
    select * from {{ ref('int_utterances_match') }}
),

final as (
    select
        utterances.document_id,
        utterances.utterance_number,
        -- a few words recur by chance: 'no comment' is not one utterance wherever it is said
        case
            when len(string_split(utterances.words, ' ')) >= 5
                then
                    {{ hash_id([
                        "'utterance'", 'utterances.collection_key', 'coalesce(wholes.whole_words, utterances.words)'
                    ]) }}
            else
                {{ hash_id([
                    "'utterance'", 'utterances.document_id', 'utterances.words', 'utterances.utterance_number'
                ]) }}
        end as utterance_id
    from utterances
    left join wholes
        on
            utterances.collection_key = wholes.collection_key
            and utterances.speaker_key = wholes.speaker_key
            and if(utterances.is_direct, utterances.words, null) = wholes.words
)

select * from final
