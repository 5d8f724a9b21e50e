-- One row per event, actor and role: the latest word on attendance counts, and an absentee takes no other part.
with

actors as (
    select * from {{ ref('int_actors_collect') }}
),

named as (
    select * from {{ ref('int_event_participants_name') }}
),

identified as (
    select
        named.*,
        coalesce(named.actor_id, 'text:' || lower(named.name)) as identity,
        principals.actor_id as on_behalf_of_actor_id,
        actors.name as actor_name
    from named
    left join actors
        on
            named.actor_id = actors.actor_id
            and (actors.collection_key is null or actors.collection_key = named.collection_key)
    left join actors as principals
        on
            named.on_behalf_key = principals.actor_key
            and (principals.collection_key is null or principals.collection_key = named.collection_key)
            and principals.actor_id != coalesce(named.actor_id, '')
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

absentees as (
    select
        event_id,
        identity,
        arg_max(role, [coalesce(epoch(published_at), 0), weight, trigger_start]) as last_role
    from identified
    where weight = 1
    group by event_id, identity
),

final as (
    select distinct on (identified.event_id, identified.identity, identified.role)
        identified.event_id,
        identified.identity,
        identified.actor_id,
        identified.on_behalf_of_actor_id,
        identified.role,
        identified.attendance,
        identified.published_date as as_of_date,
        coalesce(identified.actor_name, case when reserved.document_id is null then identified.name end) as name
    from identified
    left join reserved on identified.document_id = reserved.document_id
    left join absentees
        on
            identified.event_id = absentees.event_id
            and identified.identity = absentees.identity
    where
        absentees.last_role is null
        or (absentees.last_role = 'absent') = (identified.role = 'absent')
    order by
        identified.event_id, identified.identity, identified.role,
        identified.weight desc,
        identified.published_at desc nulls last,
        identified.document_id desc,
        identified.trigger_start desc
)

select * from final
