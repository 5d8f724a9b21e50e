-- One row per scope and scope above it, with the distance; a line or a whole counts as above every area of its conflict.
with recursive

scopes as (
    select * from {{ ref('scope_definitions') }}
),

climb as (
    select
        scope_key,
        parent_scope_key as ancestor_key,
        1 as distance
    from scopes
    where parent_scope_key is not null
    union all
    select
        climb.scope_key,
        scopes.parent_scope_key as ancestor_key,
        climb.distance + 1 as distance
    from climb
    inner join scopes
        on climb.ancestor_key = scopes.scope_key
    where scopes.parent_scope_key is not null
),

lines as (
    select
        areas.scope_key,
        lines.scope_key as ancestor_key,
        8 as distance
    from scopes as areas
    inner join scopes as lines
        on
            areas.conflict_key is not distinct from lines.conflict_key
            and areas.parent_scope_key is not null
    where
        lines.scope_kind in ('line', 'whole')
        and areas.scope_kind = 'area'
)

select * from climb
union all
select * from lines
