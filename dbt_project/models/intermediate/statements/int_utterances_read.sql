-- One row per utterance of a document with its words, its speaker, and whether all of it stands in quotation marks.
with

attributions as (
    select * from {{ ref('stg_language__attributions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

spans as (
    select
        attributions.document_id,
        documents.collection_key,
        documents.published_at,
        attributions.utterance_number,
        attributions.char_start,
        attributions.quote_type,
        speakers.actor_key as speaker_key,
        substring(documents.body, attributions.char_start + 1, attributions.char_end - attributions.char_start) as text
    from attributions
    inner join documents
        on attributions.document_id = documents.document_id
    left join mentions as speakers
        on
            attributions.document_id = speakers.document_id
            and attributions.source_mention_number = speakers.mention_number
),

-- what stands in square brackets is the writer's
final as (
    select
        document_id,
        collection_key,
        published_at,
        utterance_number,
        min(speaker_key) as speaker_key,
        bool_and(quote_type = 'direct') as is_direct,
        string_agg(
            trim(regexp_replace(
                regexp_replace(lower(text), '\[[^\]]*\]', ' ', 'g'), '[^\p{L}\p{N}]+', ' ', 'g'
            )),
            ' ' order by char_start
        ) as words
    from spans
    group by document_id, collection_key, published_at, utterance_number
)

select * from final
