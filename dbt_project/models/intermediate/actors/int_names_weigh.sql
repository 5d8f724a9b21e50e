-- What the texts of a collection tell about a name that no seed may know: one row per collection and name. Holders of an
-- office, owners of one, and those to whom something is attributed are actors; a word that is also written small is a word.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where entity_number is not null
),

attributions as (
    select distinct
        document_id,
        source_mention_number
    from {{ ref('stg_language__attributions') }}
    where source_mention_number is not null
),

subjects as (
    select distinct
        document_id,
        mention_number
    from {{ ref('stg_language__clause_arguments') }}
    where role = 'subject' and mention_number is not null
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

places as (
    select distinct {{ name_key('place_name') }} as name_key from {{ ref('places') }}
),

given_names as (
    select distinct {{ name_key('name') }} as name_key from {{ ref('given_names') }}
),

owners as (
    select distinct
        collection_key,
        {{ name_key('coalesce(role_of_text, modifier_text)') }} as name_key
    from mentions
    where role_noun is not null
),

small_words as (
    select distinct
        collection_key,
        unnest(regexp_extract_all(body, '[\s(]([a-z]{3,})', 1)) as word
    from documents
),

clusters as (
    select
        mentions.document_id,
        mentions.entity_number,
        bool_or(mentions.role_noun is not null) as has_office,
        bool_or(attributions.document_id is not null) as is_source,
        bool_or(subjects.document_id is not null) as is_subject
    from mentions
    left join attributions
        on
            mentions.document_id = attributions.document_id
            and mentions.mention_number = attributions.source_mention_number
    left join subjects
        on mentions.document_id = subjects.document_id and mentions.mention_number = subjects.mention_number
    group by mentions.document_id, mentions.entity_number
),

weighed as (
    select
        mentions.collection_key,
        mentions.name_key,
        bool_or(clusters.has_office) as has_office,
        bool_or(clusters.is_source) as is_source,
        bool_or(clusters.is_subject) as is_subject,
        mode(mentions.label order by mentions.label) as label,
        count(*) as mention_count
    from mentions
    inner join clusters
        on mentions.document_id = clusters.document_id and mentions.entity_number = clusters.entity_number
    where mentions.mention_type = 'name'
    group by mentions.collection_key, mentions.name_key
),

final as (
    select
        weighed.*,
        weighed.name_key like '% %' as is_several_words,
        owners.name_key is not null as owns_office,
        small_words.word is not null as ends_small,
        places.name_key is not null as is_known_place,
        given_names.name_key is not null as begins_as_person
    from weighed
    left join owners
        on weighed.collection_key = owners.collection_key and weighed.name_key = owners.name_key
    left join small_words
        on
            weighed.collection_key = small_words.collection_key
            and regexp_extract(weighed.name_key, '[^ -]+$') = small_words.word
    left join places on weighed.name_key = places.name_key
    left join given_names on regexp_extract(weighed.name_key, '^[^ ]+') = given_names.name_key
)

select * from final
