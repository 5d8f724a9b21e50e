-- One row per cluster of a document: what it is called, what kind of thing it is and where it is first met.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where entity_number is not null
),

-- A surname that a full name of the collection ends in is that person's, whatever the recogniser calls it here, and so is
-- the full name.
surnames as (
    select * from {{ ref('int_surnames_collect') }}
    union
    select * from {{ ref('int_full_names_collect') }}
),

collected as (
    select
        collection_key,
        document_id,
        entity_number,
        any_value(published_date) as published_date,
        max(entity_name) as entity_name,
        max(entity_key) as entity_key,
        bool_or(label = 'PERSON') as is_person,
        mode(label order by label) filter (where label not in ('', 'NOMINAL')) as label,
        max(gender) filter (where gender != 'unknown') as gender,
        bool_or(is_anonymous) as is_anonymous,
        bool_and(is_place) filter (where mention_type in ('name', 'demonym')) as is_only_place,
        bool_or(rule = 'name:stem') as is_by_stem,
        count(*) as mention_count,
        min(char_start) as first_start
    from mentions
    group by collection_key, document_id, entity_number
),

-- a state of the texts is no person, whatever the recogniser calls it here
states as (
    select * from {{ ref('int_states_discover') }}
),

final as (
    select
        collected.* replace (
            (collected.is_person or surnames.entity_key is not null) and states.name_key is null as is_person
        )
    from collected
    left join surnames
        on collected.collection_key = surnames.collection_key and collected.entity_key = surnames.entity_key
    left join states
        on collected.collection_key = states.collection_key and collected.entity_key = states.name_key
)

select * from final
