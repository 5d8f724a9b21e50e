-- One row per position that news opened, with the position it is compared with, the distance between them and its direction.
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
        -- a whole that is known says nothing new of its part, and neither do the parts of a status
        coalesce(
            before.scope_key != now.scope_key
            and (before.family_key = now.family_key or before_scopes.scope_kind = 'whole'),
            false
        ) as is_compared_loosely,
        before.document_id as from_document_id,
        before.order_date as from_order_date,
        before.voice as from_voice,
        before.modality as from_modality,
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
    left join {{ ref('scope_definitions') }} as before_scopes
        on before.scope_key = before_scopes.scope_key
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
        -- what is asked instead tells where the demand that was given up has gone
        and not (now.modality = 'withdraws_demand' and exists (
            select 1
            from positions as instead
            where
                now.document_id = instead.document_id
                and now.actor_key = instead.actor_key
                and now.issue_key = instead.issue_key
                and now.scope_key = instead.scope_key
                and now.voice = instead.voice
                and instead.track = 'levelled'
                and not instead.is_background_only
        ))
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

-- what is compared loosely and does not differ is a first observation
settled as (
    select
        * replace (
            case when is_first then null else from_position_id end as from_position_id,
            case when is_first then null else from_document_id end as from_document_id,
            case when is_first then null else from_text end as from_text,
            case when is_first then null else from_level end as from_level,
            case when is_first then null else level_delta end as level_delta,
            case when is_first then null else compared_scope_key end as compared_scope_key
        )
    from (
        select
            *,
            is_compared_loosely and direction is null as is_first
        from measured
    )
)

select * from settled
