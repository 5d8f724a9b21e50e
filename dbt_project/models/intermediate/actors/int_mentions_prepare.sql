-- Mentions of the documents that count, with day and collection. One row per mention. Whose office it is stands before
-- the title ('Norvik Foreign Minister Lars Oden'), inside it ('his Ustarian counterpart') or behind the name ('Leon Fick
-- of Sundia'), also where the parser took it for something else. 'The defence ministry' of a text that names no owner of a
-- ministry is that of the place in its dateline, where that is a capital.
with

mentions as (
    select * from {{ ref('stg_language__mentions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

names as (
    select
        document_id,
        char_start,
        char_end,
        surface
    from mentions
    where mention_type in ('name', 'demonym') and label != 'PERSON'
),

-- 'Foreign' of 'Foreign Minister' is nobody
title_words as (
    select distinct regexp_extract(phrase, '^[^ ]+') as word from {{ ref('role_nouns') }}
    union
    select unnest(['former', 'ex', 'late', 'then', 'senior', 'outgoing', 'incoming'])
),

ministries as (
    select
        mentions.document_id,
        nullif(
            regexp_extract(
                min(documents.body), '(?m)^([A-Z][\w.-]+(?: [A-Z][\w.-]+)?)(?:, [^—–-]{3,30})? [—–-]+ ', 1
            ),
            ''
        ) as dateline
    from mentions
    inner join documents on mentions.document_id = documents.document_id
    where mentions.head_lemma = 'ministry' and mentions.mention_type = 'nominal'
    group by mentions.document_id
    having bool_and(mentions.modifier_text is null)
),

final as (
    select
        mentions.* replace (
            coalesce(
                mentions.modifier_text,
                if(mentions.head_lemma = 'ministry' and mentions.mention_type = 'nominal', ministries.dateline, null)
            ) as modifier_text,
            coalesce(
                nullif(
                    regexp_extract(mentions.role_text, '^(?:his|her|their|its) ([A-Z][\w-]+) counterpart', 1), ''
                ),
                mentions.role_of_text,
                before_title.surface,
                behind_name.surface,
                case
                    when title_words.word is null
                        then nullif(regexp_extract(mentions.role_text, '^(?:[Tt]he )?([A-Z][\w-]+) [A-Za-z]', 1), '')
                end
            ) as role_of_text
        ),
        documents.collection_key,
        documents.published_at,
        documents.published_date,
        {{ name_key('mentions.entity_name') }} as entity_key
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    left join names as before_title
        on
            mentions.document_id = before_title.document_id
            and if(mentions.mention_type = 'name', mentions.char_start - length(mentions.role_text) - 2, null)
            = before_title.char_end
    left join names as behind_name
        on
            mentions.document_id = behind_name.document_id
            -- conditions stand inside the key: beside it every pair of mentions would be compared
            and if(
                mentions.label = 'PERSON' and substr(documents.body, mentions.char_end + 1, 4) = ' of ',
                mentions.char_end + 4, null
            )
            = behind_name.char_start
    left join ministries on mentions.document_id = ministries.document_id
    left join title_words
        on lower(regexp_extract(mentions.role_text, '^(?:[Tt]he )?([A-Z][\w-]+)', 1)) = title_words.word
)

select * from final
