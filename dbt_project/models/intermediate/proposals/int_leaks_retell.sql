-- One row per leaked move, wide scope and day with the narrowest scope that texts of the same week give it: the line, the
-- regions and the parts of them are one move in other words.
with

mentions as (
    select * from {{ ref('int_position_mentions_code') }}
),

ancestors as (
    select * from {{ ref('int_scope_ancestors_list') }}
),

days as (
    select distinct
        collection_key,
        actor_key,
        issue_key,
        scope_key,
        level,
        coalesce(published_date, held_to_date) as told_date
    from mentions
    where
        voice = 'reported_private'
        and not is_background
        and not is_presupposed
        and level is not null
),

scopes as (
    select * from {{ ref('scope_definitions') }}
)

select
    wide.collection_key,
    wide.actor_key,
    wide.issue_key,
    wide.scope_key as wide_scope_key,
    wide.level,
    wide.told_date,
    min(narrow.scope_key order by widths.distance desc, narrow.scope_key) as scope_key
from days as wide
inner join scopes as wide_scopes
    on wide.scope_key = wide_scopes.scope_key
inner join days as narrow
    on
        wide.collection_key = narrow.collection_key
        and wide.actor_key = narrow.actor_key
        and wide.issue_key = narrow.issue_key
        and wide.level = narrow.level
        and wide.scope_key != narrow.scope_key
        and abs(date_diff('day', wide.told_date, narrow.told_date)) <= 7
inner join scopes as narrow_scopes
    on
        narrow.scope_key = narrow_scopes.scope_key
        and narrow_scopes.scope_kind = 'area'
-- a line is as wide as the area it runs through
inner join ancestors as widths
    on
        narrow.scope_key = widths.scope_key
        and widths.ancestor_key
        = case when wide_scopes.scope_kind = 'line' then wide_scopes.parent_scope_key else wide.scope_key end
group by wide.collection_key, wide.actor_key, wide.issue_key, wide.scope_key, wide.level, wide.told_date
