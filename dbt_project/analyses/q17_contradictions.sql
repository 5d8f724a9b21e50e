-- One actor, one issue, one scope, two levels at the same time: across voices, or where histories overlap.
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
from positions as one
inner join positions as other
    on
        one.actor_id = other.actor_id
        and one.issue_key = other.issue_key
        and one.scope_key = other.scope_key
        and one.position_id < other.position_id
inner join actors as a
    on one.actor_id = a.actor_id
where
    (one.level > other.level_max or one.level < other.level_min)
    and coalesce(one.valid_from_date, date '1900-01-01') < coalesce(other.valid_to_date, date '9999-12-31')
    and coalesce(other.valid_from_date, date '1900-01-01') < coalesce(one.valid_to_date, date '9999-12-31')
order by a.name, one.issue_key, one.scope_key, one.position_id, other.position_id
