-- One actor, one issue, one scope, two levels at the same time: across voices, or where histories overlap. What the text
-- does not date is taken to hold from its first report.
-- Chart: gap of one_level, other_level by actor, issue_key, other_voice
with

held as (
    select
        *,
        coalesce(valid_from_date, cast(known_from_at as date)) as from_date,
        coalesce(valid_to_date, date '9999-12-31') as to_date
    from positions
)

select
    a.name as actor,
    one.issue_key,
    one.scope_key,
    one.voice as one_voice,
    one.level as one_level,
    other.voice as other_voice,
    other.level as other_level,
    one.position_text as one_words,
    other.position_text as other_words
from held as one
inner join held as other
    on
        one.actor_id = other.actor_id
        and one.issue_key = other.issue_key
        and one.scope_key = other.scope_key
        and one.position_id < other.position_id
inner join actors as a
    on one.actor_id = a.actor_id
where
    (one.level > other.level_max or one.level < other.level_min)
    and one.from_date < other.to_date
    and other.from_date < one.to_date
order by a.name, one.issue_key, one.scope_key, one.position_id, other.position_id
