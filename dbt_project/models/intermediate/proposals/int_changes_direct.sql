-- One row per change with whom it moves toward and away from, computed from poles and levels alone.
with

changes as (
    select * from {{ ref('int_changes_compare') }}
),

responses as (
    select * from {{ ref('int_responses_match') }}
),

signed as (
    select
        changes.*,
        responses.responds_to_position_id,
        responses.asked_by_key,
        responses.day_count as response_day_count,
        case
            when changes.direction is not null then changes.direction
            when changes.modality = 'withdraws_demand' and changes.own_pole = 'high' then -1
            when changes.modality = 'withdraws_demand' and changes.own_pole = 'low' then 1
            when changes.own_pole is null and changes.from_position_id is null and changes.level is not null
                then nullif(sign(changes.level - changes.baseline_level), 0)
        end as heading
    from changes
    left join responses
        on changes.position_id = responses.position_id
)

select
    *,
    case
        when heading > 0 and high_key != actor_key then high_key
        when heading < 0 and low_key != actor_key then low_key
    end as closer_to_key,
    case
        when own_pole = 'low' and heading < 0 then high_key
        when own_pole = 'high' and heading > 0 then low_key
        when own_pole is null and heading > 0 then low_key
        when own_pole is null and heading < 0 then high_key
    end as away_from_key
from signed
