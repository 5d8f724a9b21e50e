-- The actor of every cluster that is a person the seeds do not know.
with

people as (
    select * from {{ ref('int_people_place') }}
),

discovered as (
    select * from {{ ref('int_people_discover') }}
),

exact as (
    select
        people.document_id,
        people.entity_number,
        discovered.actor_key,
        1 as preference
    from people
    inner join discovered
        on
            people.collection_key = discovered.collection_key
            and people.entity_key = discovered.entity_key
            and (people.country = discovered.country or people.country is null)
),

by_surname as (
    select
        people.document_id,
        people.entity_number,
        min(discovered.actor_key) as actor_key,
        2 as preference
    from people
    inner join discovered
        on
            people.collection_key = discovered.collection_key
            and people.entity_key = discovered.surname
            and (people.country = discovered.country or people.country is null or discovered.country = '')
    where people.entity_key not like '% %'
    group by people.document_id, people.entity_number
    having count(distinct discovered.actor_key) = 1
),

final as (
    select * from (
        select * from exact
        union all
        select * from by_surname
    )
    qualify row_number() over (partition by document_id, entity_number order by preference, actor_key) = 1
)

select
    document_id,
    entity_number,
    actor_key
from final
