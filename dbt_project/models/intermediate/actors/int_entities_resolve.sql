-- The actor of every cluster that has one, and what decided. One row per document and cluster.
with

named as (
    select
        document_id,
        entity_number,
        actor_key,
        rule
    from {{ ref('int_entities_name') }}
),

people as (
    select
        document_id,
        entity_number,
        actor_key,
        'discovered' as rule
    from {{ ref('int_entities_person') }}
),

holders as (
    select
        document_id,
        entity_number,
        actor_key,
        'office_on_day' as rule
    from {{ ref('int_entities_hold') }}
),

groups as (
    select
        document_id,
        entity_number,
        actor_key,
        rule
    from {{ ref('int_entities_group') }}
),

final as (
    select * from (
        select
            *,
            1 as preference
        from named
        union all
        select
            *,
            2
        from people
        union all
        select
            *,
            3
        from holders
        union all
        select
            *,
            4
        from groups
    )
    qualify row_number() over (partition by document_id, entity_number order by preference, actor_key) = 1
)

select
    document_id,
    entity_number,
    actor_key,
    rule
from final
