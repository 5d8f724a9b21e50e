-- One row per position that is a move against the one before it, or a first observation that the text tells as news. What
-- keeps a move out of the marts (told by the adversary, two levels in one text) stands in its doubt.
with

positions as (
    select * from {{ ref('int_positions_collect') }}
),

precedents as (
    select * from {{ ref('int_positions_precede') }}
),

pairs as (
    select * from {{ ref('int_pole_pairs_list') }}
),

issues as (
    select * from {{ ref('issue_definitions') }}
),

-- who owns poles is a party of the conflict, and what it says of the other is a claim
parties as (
    select
        conflict_key,
        actor_key
    from {{ ref('pole_owners') }}
    group by conflict_key, actor_key
    having count(distinct issue_key) > 2
),

compared as (
    select
        now.*,
        before.position_id as from_position_id,
        before.position_text as from_text,
        before.scope_key as compared_scope_key,
        before.document_id as from_document_id,
        before.order_date as from_order_date,
        before.voice as from_voice,
        precedents.basis as precedent_basis,
        coalesce(before.level, case when precedents.basis = 'presupposed_in_text' then now.presupposed_level end)
            as from_level,
        before.level_min as from_level_min,
        before.level_max as from_level_max,
        pairs.low_key,
        pairs.high_key,
        issues.baseline_level,
        parties.actor_key is not null as is_told_by_party,
        issues.scale_type
    from positions as now
    inner join issues
        on now.issue_key = issues.issue_key
    left join precedents
        on now.position_id = precedents.position_id
    left join positions as before
        on precedents.from_position_id = before.position_id
    left join parties
        on
            now.conflict_key = parties.conflict_key
            and now.speaker_key = parties.actor_key
    left join pairs
        on
            now.conflict_key = pairs.conflict_key
            and now.issue_key = pairs.issue_key
            and now.scope_key = pairs.scope_key
    where
        not now.is_background_only
        and now.modality not in ('hopes', 'reaffirms')
        and issues.scale_type != 'none'
        -- an order of steps is the other side of a condition, which the readiness it stands beside already tells
        and now.cue_kind != 'order'
),

measured as (
    select
        *,
        level - from_level as level_delta,
        case
            when level is null or from_level is null then null
            when level between from_level_min and from_level_max or from_level between level_min and level_max then null
            else sign(level - from_level)
        end as direction,
        case
            when actor_key = low_key then 'low'
            when actor_key = high_key then 'high'
        end as own_pole
    from compared
),

typed as (
    select
        *,
        case
            when modality = 'rejects' then 'rejected'
            when modality = 'accepts' then 'accepted'
            when modality in ('withdraws_demand', 'withdraws_offer') then 'withdrawn'
            when direction is not null and own_pole is null then 'shift'
            when (own_pole = 'low' and direction > 0) or (own_pole = 'high' and direction < 0) then 'concession'
            when direction is not null then 'hardening'
            when from_position_id is null and condition_text is not null then 'conditional'
            when from_position_id is null then 'new'
            when
                precedent_basis = 'computed_from_history'
                and compared_scope_key = scope_key
                and from_voice = voice
                and level_min = level_max
                and from_level_max - from_level_min >= 2
                then 'clarified'
        end as change_type
    from measured
)

select
    *,
    case
        when
            from_document_id = document_id and from_order_date = order_date and precedent_basis != 'presupposed_in_text'
            then 'two levels of one history in one text, without a date between them'
        when
            voice = 'attributed_by_other' and (is_told_by_party or conflict_key is null)
            then 'only another party says so'
    end as doubt
from typed
where change_type is not null
