-- One row per position that a news mention opened, with the position it is compared with: the one before it in its own
-- history, else what the text presupposes, else (for a private one) the public line, else the nearest scope above.
with

positions as (
    select * from {{ ref('int_positions_collect') }}
),

ancestors as (
    select * from {{ ref('int_scope_ancestors_list') }}
),

lines as (
    select ancestors.*
    from ancestors
    inner join {{ ref('scope_definitions') }} as scopes
        on ancestors.ancestor_key = scopes.scope_key
    where scopes.scope_kind in ('line', 'whole')
    union all
    select
        places.scope_key,
        'general_line' as ancestor_key,
        8 as distance
    from {{ ref('int_scopes_collect') }} as places
    where places.scope_key like 'place:%'
),

levelled as (
    select * from positions
    where track = 'levelled'
),

candidates as (
    select
        now.position_id,
        before.position_id as from_position_id,
        case
            when now.presupposed_level between before.level_min and before.level_max then 'presupposed_in_text'
            else 'computed_from_history'
        end as basis,
        case when now.family_key = before.family_key then 0 else coalesce(ancestors.distance, lines.distance, 0) end
            as scope_distance,
        case
            when
                now.presupposed_level between before.level_min and before.level_max
                and before.voice = 'official'
                and now.voice = 'official'
                then 0
            when before.voice = now.voice and before.family_key = now.family_key then 1
            when
                now.presupposed_level between before.level_min and before.level_max and before.scope_key = now.scope_key
                then 2
            when before.scope_key = now.scope_key then 3
            when before.voice = now.voice then 4
            else 5
        end as remoteness,
        before.order_date,
        before.stretch_number
    from positions as now
    inner join levelled as before
        on
            now.collection_key = before.collection_key
            and now.conflict_key is not distinct from before.conflict_key
            and now.actor_key = before.actor_key
            and now.issue_key = before.issue_key
            and now.position_id != before.position_id
            and (before.voice = now.voice or (now.voice = 'reported_private' and before.voice = 'official'))
    left join ancestors
        on
            now.scope_key = ancestors.scope_key
            and before.scope_key = ancestors.ancestor_key
    -- a line runs through the areas that were asked for before
    left join lines
        on
            now.scope_key = lines.ancestor_key
            and before.scope_key = lines.scope_key
    where
        now.track = 'levelled'
        and (
            before.family_key = now.family_key
            or ancestors.ancestor_key is not null
            or lines.scope_key is not null
        )
        and (
            before.order_date < now.order_date
            or (
                before.voice = now.voice
                and before.scope_key = now.scope_key
                and before.track = now.track
                and before.stretch_number < now.stretch_number
            )
            or (
                before.document_id = now.document_id
                and before.char_start = now.char_start
                and now.presupposed_level is not null
            )
        )
)

select distinct on (position_id) *
from candidates
order by
    position_id,
    remoteness,
    scope_distance,
    order_date desc,
    stretch_number desc,
    from_position_id
