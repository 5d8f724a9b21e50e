-- One row per reading after people had their say: what they accepted has no doubt left, what they rejected has one, what
-- they corrected carries their values. A decision names a place in a text, which never moves.
with

readings as (
    select * from {{ ref('int_position_readings_weigh') }}
),

decisions as (
    select distinct on (document_id, char_start, char_end, actor_key, issue_key) *
    from {{ ref('decisions') }}
    where fact_table = 'position_mentions'
    order by document_id, char_start, char_end, actor_key, issue_key, decided_date desc, decision, decided_by
)

select
    readings.* replace (
        coalesce(decisions.corrected_actor_key, readings.actor_key) as actor_key,
        coalesce(decisions.corrected_issue_key, readings.issue_key) as issue_key,
        coalesce(decisions.corrected_scope_key, readings.scope_key) as scope_key,
        coalesce(decisions.corrected_level, readings.level) as level,
        coalesce(decisions.corrected_level, readings.level_min) as level_min,
        coalesce(decisions.corrected_level, readings.level_max) as level_max,
        coalesce(decisions.corrected_modality, readings.modality) as modality,
        case
            when decisions.decision = 'reject' then 'rejected by ' || decisions.decided_by
            when decisions.decision is null then readings.doubt
        end as doubt
    ),
    decisions.decision
from readings
left join decisions
    on
        readings.document_id = decisions.document_id
        and readings.char_start = decisions.char_start
        and readings.char_end = decisions.char_end
        and readings.issue_key = decisions.issue_key
        and readings.actor_key is not distinct from decisions.actor_key
