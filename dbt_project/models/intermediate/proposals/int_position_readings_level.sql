-- One row per reading with its modality, level and voice settled.
with

readings as (
    select * from {{ ref('int_position_readings_source') }}
),

-- who turns down what another one offers says no to that offer: how far he would go himself stays open
answered as (
    select
        *,
        is_answer_to_offer and read_modality = 'rejects' as is_open
    from readings
),

levelled as (
    select
        * exclude (level, level_min, level_max, negated_level, negated_level_min, negated_level_max),
        case
            when is_open then null
            when is_inside_negation then level
            when is_negative or read_modality = 'withdraws_offer' then negated_level
            when read_modality = 'withdraws_demand' then null
            else level
        end as level,
        case
            when is_open then null
            when is_inside_negation then level_min
            when is_negative or read_modality = 'withdraws_offer' then negated_level_min
            when read_modality = 'withdraws_demand' then null
            else level_min
        end as level_min,
        case
            when is_open then null
            when is_inside_negation then level_max
            when is_negative or read_modality = 'withdraws_offer' then negated_level_max
            when read_modality = 'withdraws_demand' then null
            else level_max
        end as level_max,
        case when read_modality = 'withdraws_demand' then level else from_level end as presupposed_level,
        case when read_modality = 'withdraws_demand' then level_min else from_level_min end as presupposed_level_min,
        case when read_modality = 'withdraws_demand' then level_max else from_level_max end as presupposed_level_max,
        (root_kind in ('anonymous_officials', 'anonymous_people') and not is_body)
        or root_kind = 'leaked_document'
        or is_report
        or (root_kind = 'named_outlet' and root_key is distinct from outlet_key and read_modality != 'implements')
            as is_unnamed
    from answered
),

voiced as (
    select
        *,
        case
            -- what is done is no private line, whoever tells it
            when (is_unnamed or named_is_anonymous) and read_modality != 'implements' then 'reported_private'
            when speaker_key is null or speaker_key = actor_key then 'official'
            when
                root_kind in ('party_on_record', 'counterparty_on_record', 'official_document')
                and speaker_key != actor_key
                then 'attributed_by_other'
            else 'official'
        end as voice,
        case
            when cue_modality is not null then cue_modality
            -- what is asked in exchange
            when is_exchange and read_modality in ('offers', 'proposes', 'ready_to', 'accepts') then 'demands'
            when
                cue_kind = 'order'
                then case when read_modality in ('offers', 'ready_to') then 'ready_to' else read_modality end
            when is_inside_negation and read_modality = 'rules_out'
                then
                    case
                        when
                            (holder_pole = 'high' and level <= 1) or (holder_pole = 'low' and level >= 3)
                            then 'offers'
                        else 'rules_out'
                    end
            when rule_key like 'tense_%' and read_modality = 'offers'
                then
                    case
                        when from_level is not null then 'offers'
                        when
                            holder_pole = 'low' and level_min <= 1 and not is_negative and issue_key != 'withdrawal'
                            then 'demands'
                        when holder_pole = 'high' and level is not null and level >= 3 then 'demands'
                        when modal in ('may', 'might', 'could') then 'floats'
                        else 'offers'
                    end
            -- nobody accepts the furthest point of his own side: he enacts it
            when
                rule_key like 'verb_sign%'
                and ((holder_pole = 'high' and level >= 5) or (holder_pole = 'low' and level <= 0))
                then 'implements'
            when read_modality = 'accepts' and condition_text is not null then 'accepts_conditionally'
            else read_modality
        end as modality
    from levelled
)

select * from voiced
