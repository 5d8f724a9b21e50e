-- Full names that a text of the collection has for a person: one row per collection and name.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

final as (
    select distinct
        collection_key,
        entity_key
    from mentions
    where label = 'PERSON' and entity_number is not null and entity_key like '% %'
)

select * from final
