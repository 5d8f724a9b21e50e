-- One row per utterance of a document: its parts share an id, and so do the same words in other documents.
with

attributions as (
    select * from {{ ref('stg_language__attributions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

words as (
    select
        attributions.document_id,
        documents.collection_key,
        attributions.utterance_number,
        string_agg(
            trim(regexp_replace(
                lower(
                    substring(
                        documents.body, attributions.char_start + 1, attributions.char_end - attributions.char_start
                    )
                ),
                '[^\p{L}\p{N}]+', ' ', 'g'
            )),
            ' ' order by attributions.char_start
        ) as words
    from attributions
    inner join documents
        on attributions.document_id = documents.document_id
    group by attributions.document_id, documents.collection_key, attributions.utterance_number
),

final as (
    select
        document_id,
        utterance_number,
        -- a few words recur by chance: 'no comment' is not one utterance wherever it is said
        case
            when len(string_split(words, ' ')) >= 5 then {{ hash_id(["'utterance'", 'collection_key', 'words']) }}
            else {{ hash_id(["'utterance'", 'document_id', 'words', 'utterance_number']) }}
        end as utterance_id
    from words
)

select * from final
