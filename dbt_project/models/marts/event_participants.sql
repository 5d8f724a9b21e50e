with

participants as (
    select * from {{ ref('int_event_participants_merge') }}
),

final as (
    select
        event_id,
        actor_id,
        on_behalf_of_actor_id,
        role,
        attendance,
        cast(as_of_date as date) as as_of_date,
        name
    from participants
    -- words of a reserved text name nobody: only the mention's offsets are left of them
    where actor_id is not null or name is not null
)

select * from final
