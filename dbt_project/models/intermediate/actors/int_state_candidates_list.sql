-- Names that could be a state's and that no dictionary has: one row per collection and name. No surname, no given name, no
-- known place unless it is called a republic or a kingdom, no acronym, no word that is also written small.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

documents as (
    select
        document_id,
        body
    from {{ ref('int_documents_resolve') }}
),

aliases as (
    select distinct name_key from {{ ref('int_aliases_known') }}
),

places as (
    select distinct {{ name_key('place_name') }} as name_key from {{ ref('places') }}
),

given_names as (
    select distinct {{ name_key('name') }} as name_key from {{ ref('given_names') }}
),

small_words as (
    select
        collection_key,
        name_key
    from {{ ref('int_names_weigh') }}
    where ends_small
),

surnames as (
    select * from {{ ref('int_surnames_collect') }}
),

names as (
    select
        mentions.collection_key,
        regexp_replace(
            mentions.name_key,
            '^((democratic|islamic|federal|people''s|arab) )*(republic|kingdom|emirate|sultanate|federation) of ', ''
        ) as name_key,
        bool_or(regexp_matches(mentions.name_key, '(republic|kingdom|emirate|sultanate|federation) of ')) as is_formal,
        bool_or(
            mentions.label = 'GPE' or mentions.is_place
            or regexp_matches(
                documents.body[greatest(mentions.char_start - 12, 1):mentions.char_start],
                '\s(in|inside|across|throughout) $'
            )
        ) as is_like_place,
        bool_or(mentions.surface = upper(mentions.surface)) as is_acronym,
        mode(mentions.label order by mentions.label) as label
    from mentions
    inner join documents on mentions.document_id = documents.document_id
    where mentions.mention_type = 'name' and regexp_matches(mentions.surface, '^([Tt]he )?[A-Z]')
    group by all
),

final as (
    select names.*
    from names
    anti join aliases on names.name_key = aliases.name_key
    anti join given_names on names.name_key = given_names.name_key
    anti join surnames on names.collection_key = surnames.collection_key and names.name_key = surnames.entity_key
    anti join small_words on names.collection_key = small_words.collection_key and names.name_key = small_words.name_key
    left join places on names.name_key = places.name_key
    where
        (places.name_key is null or names.is_formal)
        and names.label != 'NORP'
        and not (names.is_acronym and length(names.name_key) < 6)
        and length(names.name_key) > 3
        and len(string_split(names.name_key, ' ')) < 4
)

select * from final
