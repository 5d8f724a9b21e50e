-- One person's same office: no term ends before it begins, no two terms for the same principal and topic share a day.
-- Two offices at once are no error; neither is one office for two topics.
with

roles as (
    select
        *,
        coalesce(valid_from_date, date '0001-01-01') as first_day,
        coalesce(valid_to_date, date '9999-12-31') as last_day
    from {{ ref('actor_role_definitions') }}
)

select
    one.actor_key,
    one.role_title,
    one.first_day,
    one.last_day
from roles as one
where one.first_day > one.last_day
union all
select
    one.actor_key,
    one.role_title,
    one.first_day,
    one.last_day
from roles as one
inner join roles as other
    on
        one.actor_key = other.actor_key
        and one.role_noun = other.role_noun
        and one.role_title = other.role_title
        and one.principal_key is not distinct from other.principal_key
        and one.topic_key is not distinct from other.topic_key
        and one.first_day < other.first_day
        and one.last_day > other.first_day
