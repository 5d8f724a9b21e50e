-- One row per position that is a move against the one before it, or a first observation that the text tells as news. What
-- keeps a move out of the marts (told by the adversary, two levels in one text) stands in its doubt.
with

measured as (
    select * from {{ ref('int_changes_measure') }}
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
where
    change_type is not null
    -- a report in private of what the public line already says is no move
    and not (
        voice = 'reported_private'
        and from_voice is not distinct from 'official'
        and direction is null
        and level is not null
        and (change_type = 'rejected' or (change_type = 'accepted' and from_modality = 'accepts'))
    )
