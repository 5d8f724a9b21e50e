-- One row per change after people had their say: a rejected one is marked, a corrected one carries their values. Keys are
-- natural (who, what, where, when within a month), so a decision survives every re-coding.
with

changes as (
    select * from {{ ref('int_changes_source') }}
),

decisions as (
    select * from {{ ref('decisions') }}
    where fact_table = 'proposal_changes'
),

matched as (
    select distinct on (changes.position_id)
        changes.position_id,
        decisions.decision,
        decisions.decided_by,
        decisions.reason,
        decisions.corrected_level,
        decisions.corrected_change_type
    from changes
    inner join decisions
        on
            changes.actor_key = decisions.actor_key
            and changes.issue_key = decisions.issue_key
            and changes.scope_key = coalesce(decisions.scope_key, changes.scope_key)
            and changes.voice = coalesce(decisions.voice, changes.voice)
            and changes.change_type = coalesce(decisions.change_type, changes.change_type)
            and abs(date_diff('day', coalesce(decisions.near_date, changes.order_date), changes.order_date)) <= 31
    order by changes.position_id, decisions.decided_date desc, decisions.decision
)

select
    {{ hash_id(["'change'", 'changes.position_id']) }} as change_id,
    changes.* replace (
        coalesce(matched.corrected_change_type, changes.change_type) as change_type,
        coalesce(matched.corrected_level, changes.level) as level
    ),
    matched.decision,
    matched.decided_by,
    matched.reason as decision_reason
from changes
left join matched
    on changes.position_id = matched.position_id
