-- Surnames that full names of a collection end in: one row per collection and surname.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where label = 'PERSON' and entity_number is not null and entity_key like '% %'
),

aliases as (
    select distinct name_key from {{ ref('int_aliases_known') }}
    where actor_type != 'person'
),

final as (
    select distinct
        mentions.collection_key,
        regexp_extract(mentions.entity_key, '[^ ]+$') as entity_key
    from mentions
    anti join aliases
        on regexp_extract(mentions.entity_key, '[^ ]+$') = aliases.name_key
)

select * from final
