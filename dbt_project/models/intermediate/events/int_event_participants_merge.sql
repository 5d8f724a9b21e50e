-- One row per event, actor and role: the latest word on attendance counts. Who pulled out takes no other part unless a
-- later text saw him there. A state or group that was expected has attended when the meeting was held; a person may not.
with

actors as (
    select * from {{ ref('int_actors_collect') }}
),

named as (
    select * from {{ ref('int_event_participants_name') }}
),

principals as (
    {{ actors_of('named', 'on_behalf_key') }}
),

identified as (
    select
        named.*,
        coalesce(named.actor_id, 'text:' || lower(named.name)) as identity,
        principals.actor_id as on_behalf_of_actor_id,
        actors.actor_type,
        actors.name as actor_name,
        -- a plan told again outweighs nothing that happened
        case
            when named.attendance in ('withdrew', 'declined', 'excluded', 'attended') then 2
            when named.attendance = 'expected' then 1
            else 0
        end as firmness
    from named
    left join actors
        on named.actor_id = actors.actor_id
    left join principals
        on
            named.on_behalf_key = principals.actor_key
            and named.collection_key = principals.of_collection_key
            and named.actor_id is distinct from principals.actor_id
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

last_words as (
    select distinct on (event_id, identity)
        event_id,
        identity,
        role = 'absent' as is_absent,
        attendance,
        published_date
    from identified
    order by
        event_id, identity,
        firmness desc, published_at desc nulls last, weight desc, document_id desc, trigger_start desc
),

held as (
    select distinct event_id from identified
    where attendance = 'attended'
),

final as (
    select distinct on (identified.event_id, identified.identity, identified.role)
        identified.event_id,
        identified.identity,
        identified.actor_id,
        identified.on_behalf_of_actor_id,
        identified.role,
        if(
            last_words.attendance = 'expected' and held.event_id is not null
            and identified.actor_type != 'person', 'attended', last_words.attendance
        ) as attendance,
        last_words.published_date as as_of_date,
        identified.actor_type,
        coalesce(identified.actor_name, case when reserved.document_id is null then identified.name end) as name
    from identified
    left join reserved on identified.document_id = reserved.document_id
    inner join last_words
        on
            identified.event_id = last_words.event_id
            and identified.identity = last_words.identity
            and (identified.role = 'absent') = last_words.is_absent
    left join held on identified.event_id = held.event_id
    -- who receives the others is no visitor, and either says more than that one takes part
    qualify
        case identified.role when 'host' then 1 when 'visitor' then 2 when 'participant' then 3 else 0 end
        in (
            0, min(case identified.role when 'host' then 1 when 'visitor' then 2 when 'participant' then 3 end)
                over (partition by identified.event_id, identified.identity)
        )
    order by
        identified.event_id, identified.identity, identified.role,
        identified.published_at desc nulls last, identified.document_id desc, identified.trigger_start desc
)

select * from final
