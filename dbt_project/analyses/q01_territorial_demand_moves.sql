-- How Russia's line on territory moved between two days, and who reported each move first. Change the actor and the days.
-- Chart: dots of made_to_date by scope_name, voice
select
    made_to_date,
    scope_name,
    voice,
    change_type,
    from_label,
    to_label,
    reported_by_name,
    origin_outlet_name,
    epistemic_status,
    reading
from proposal_changes_wide
where
    actor_key = 'RUS'
    and issue_key in ('territory_control', 'territorial_recognition')
    and made_to_date between date '2022-01-01' and date '2026-12-31'
order by made_to_date, first_reported_at, change_id
