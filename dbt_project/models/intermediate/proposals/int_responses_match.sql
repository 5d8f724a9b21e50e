-- One row per position that accepts or rejects, with the other actor's position it answers: the latest one on the same
-- issue that was voiced before it, of the same level where it accepts.
with

positions as (
    select * from {{ ref('int_positions_collect') }}
),

ancestors as (
    select * from {{ ref('int_scope_ancestors_list') }}
),

pairs as (
    select
        answers.position_id,
        asked.position_id as responds_to_position_id,
        asked.actor_key as asked_by_key,
        date_diff('day', asked.order_date, answers.order_date) as day_count,
        asked.order_date,
        asked.is_background_only,
        asked.voice,
        asked.scope_key = answers.scope_key as is_same_scope
    from positions as answers
    inner join positions as asked
        on
            answers.collection_key = asked.collection_key
            and answers.issue_key = asked.issue_key
            and answers.actor_key != asked.actor_key
    where
        answers.modality in ('accepts', 'accepts_conditionally', 'rejects')
        and asked.modality in ('proposes', 'offers', 'demands', 'floats', 'ready_to')
        and asked.order_date <= answers.order_date
        and date_diff('day', asked.order_date, answers.order_date) <= 365
        and (
            asked.scope_key = answers.scope_key
            or exists (
                select 1
                from ancestors
                where
                    (ancestors.scope_key = answers.scope_key and ancestors.ancestor_key = asked.scope_key)
                    or (ancestors.scope_key = asked.scope_key and ancestors.ancestor_key = answers.scope_key)
            )
        )
        and (
            answers.modality = 'rejects'
            or asked.level is null
            or answers.level is null
            or asked.level between answers.level_min and answers.level_max
            or answers.level between asked.level_min and asked.level_max
        )
)

select distinct on (position_id) *
from pairs
-- the proposal itself before what the answer says of it
order by
    position_id,
    is_same_scope desc,
    is_background_only,
    voice = 'attributed_by_other',
    order_date desc,
    responds_to_position_id
