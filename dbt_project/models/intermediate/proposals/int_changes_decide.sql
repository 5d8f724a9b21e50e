-- One row per change after people had their say: it is marked with the newest decision about it. A decision means the
-- one change of its actor, issue, scope, voice and type that lies nearest to its day, within a month.
with

changes as (
    select
        {{ hash_id(["'change'", 'position_id']) }} as change_id,
        *
    from {{ ref('int_changes_source') }}
),

decisions as (
    select
        *,
        row_number() over (order by decided_date desc, decision, decided_by, near_date) as decision_rank
    from {{ ref('decisions') }}
    where fact_table = 'proposal_changes'
),

meant as (
    select distinct on (decisions.decision_rank)
        changes.change_id,
        decisions.decision_rank,
        decisions.decision,
        decisions.decided_by,
        decisions.reason
    from decisions
    inner join changes
        on
            decisions.actor_key = changes.actor_key
            and decisions.issue_key = changes.issue_key
            and decisions.scope_key = changes.scope_key
            and decisions.voice = changes.voice
            and decisions.change_type = changes.change_type
            and abs(date_diff('day', decisions.near_date, changes.order_date)) <= 31
    order by decisions.decision_rank, abs(date_diff('day', decisions.near_date, changes.order_date)), changes.change_id
),

newest as (
    select distinct on (change_id) *
    from meant
    order by change_id, decision_rank
)

select
    changes.*,
    newest.decision,
    newest.decided_by,
    newest.reason as decision_reason
from changes
left join newest
    on changes.change_id = newest.change_id
