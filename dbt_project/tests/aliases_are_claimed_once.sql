-- A name means one actor on one day, unless its rows say that the word alone is not enough (needs_context).
-- A demonym may be a name too: 'US' is the state and the adjective of the same state.
with

aliases as (
    select
        *,
        coalesce(valid_from_date, date '0001-01-01') as first_day,
        coalesce(valid_to_date, date '9999-12-31') as last_day
    from {{ ref('int_aliases_known') }}
    where not needs_context
)

select
    one.alias,
    one.actor_key,
    other.actor_key as other_actor_key
from aliases as one
inner join aliases as other
    on
        one.name_key = other.name_key
        and one.actor_key < other.actor_key
        and one.first_day <= other.last_day
        and other.first_day <= one.last_day
