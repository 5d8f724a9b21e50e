-- One row per sentence of a document that knows a conflict: the document's, unless the sentence speaks of another one only.
with

words as (
    select * from {{ ref('int_conflict_words_count') }}
),

documents as (
    select * from {{ ref('int_conflicts_detect') }}
),

other as (
    select distinct on (words.document_id, words.sentence_number)
        words.document_id,
        words.sentence_number,
        words.conflict_key
    from words
    where
        words.weight >= 2
        and not exists (
            select 1
            from words as main
            inner join documents
                on
                    main.document_id = documents.document_id
                    and main.conflict_key = documents.conflict_key
            where
                main.document_id = words.document_id
                and main.sentence_number = words.sentence_number
        )
    order by words.document_id, words.sentence_number, words.weight desc, words.conflict_key
)

select
    sentences.document_id,
    sentences.sentence_number,
    coalesce(other.conflict_key, documents.conflict_key) as conflict_key
from {{ ref('stg_language__sentences') }} as sentences
inner join documents
    on sentences.document_id = documents.document_id
left join other
    on
        sentences.document_id = other.document_id
        and sentences.sentence_number = other.sentence_number
