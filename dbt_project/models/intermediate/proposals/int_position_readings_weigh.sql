-- One row per reading with its modality, level and voice settled, and the doubt that keeps it out of the marts, if any.
with

readings as (
    select * from {{ ref('int_position_readings_source') }}
),

levelled as (
    select
        * exclude (level, level_min, level_max, negated_level, negated_level_min, negated_level_max),
        case
            when is_inside_negation then level
            when is_negative or read_modality = 'withdraws_offer' then negated_level
            when read_modality = 'withdraws_demand' then null
            else level
        end as level,
        case
            when is_inside_negation then level_min
            when is_negative or read_modality = 'withdraws_offer' then negated_level_min
            when read_modality = 'withdraws_demand' then null
            else level_min
        end as level_min,
        case
            when is_inside_negation then level_max
            when is_negative or read_modality = 'withdraws_offer' then negated_level_max
            when read_modality = 'withdraws_demand' then null
            else level_max
        end as level_max,
        case when read_modality = 'withdraws_demand' then level else from_level end as presupposed_level,
        case when read_modality = 'withdraws_demand' then level_min else from_level_min end as presupposed_level_min,
        case when read_modality = 'withdraws_demand' then level_max else from_level_max end as presupposed_level_max,
        root_kind in ('anonymous_officials', 'anonymous_people', 'leaked_document')
        or is_report
        or (root_kind = 'named_outlet' and root_key is distinct from outlet_key and read_modality != 'implements')
            as is_unnamed
    from readings
),

voiced as (
    select
        *,
        case
            when is_unnamed or named_is_anonymous then 'reported_private'
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
),

final as (
    select
        *,
        -- 'an American truce plan', named in passing, is an old one
        coalesce(
            background != ''
            or (is_answered and not is_response)
            or (
                regexp_matches(
                    rule_key, '^noun_(?:plan|proposal|idea|initiative|draft|blueprint|formula|roadmap|package)_'
                )
                and root_kind = 'unattributed'
            ),
            false
        ) as is_background,
        case root_kind
            when
                'party_on_record'
                then case when voice = 'attributed_by_other' then 'stated_by_other_party' else 'confirmed_by_party' end
            when 'counterparty_on_record' then 'stated_by_other_party'
            when 'official_document' then 'confirmed_by_party'
            when 'leaked_document' then 'leaked_document'
            when 'named_outlet' then 'reported_named_outlet'
            when 'anonymous_officials' then 'anonymous_officials'
            when 'anonymous_people' then 'anonymous_officials'
            else 'unattributed'
        end as epistemic_status,
        case
            when actor_key is null then 'nobody is named as holder'
            when actor_key like 'outlet:%' then 'the holder is an outlet'
            when actor_key like 'anon:%' then 'the holder is unnamed and speaks for nobody known'
            when actor_key like 'person:%' then 'the holder speaks for nobody known'
            when
                cue_kind = 'order'
                and not regexp_matches(
                    modality_text,
                    ' (?:talk|talks|negotiate|negotiation|negotiations|negotiating|meet|format|dialogue) '
                )
                then 'an order of steps without talks'
            when is_doubtful then 'told as a fear, belief or cause of somebody else'
            when
                agent_pole is not null
                and subject_pole is not null
                and subject_pole != agent_pole
                and not is_subject_shared
                then 'the forces or land are of the other side'
            when
                agent_key is not null and subject_key is not null and subject_key != agent_key and not is_subject_shared
                then 'the forces or land are of the other side'
            when
                agent_key is not null
                and actor_key != agent_key
                and read_modality in ('offers', 'implements', 'ready_to')
                then 'the forces or land are of the other side'
            when
                rule_key like 'tense_%'
                and modal in ('may', 'might', 'could')
                and not is_unnamed
                and coalesce(speaker_key, '') != actor_key
                then 'a possibility that its holder did not voice'
            when
                rule_key like 'tense_%' and read_modality = 'implements' and level is null
                then 'a deed without a level'
            when
                voice = 'attributed_by_other'
                and (rule_key like 'tense_%' or modality_modal in ('will', 'would', 'may', 'might', 'could'))
                then 'said of the holder by another party as a forecast'
            when
                rule_key like 'tense_%'
                and speaker_key is not null
                and speaker_key not like 'outlet:%'
                and speaker_key not like 'anon:%'
                and speaker_key != actor_key
                then 'said of the holder by another party as a forecast'
            when
                modality_modal in ('may', 'might', 'could')
                and modality in ('accepts', 'rejects', 'demands')
                and coalesce(speaker_key, '') != actor_key
                then 'a possibility that its holder did not voice'
            when
                is_negative
                and modality in ('rejects', 'rules_out')
                and {{ has_word('clause_text', "'(?:ceasefire|cease-fire|truce|deal|agreement|settlement|peace|proposal|plan) (?:that|which|without|unless)'") }}  -- noqa: LT05
                then 'only a thing of one kind is refused'
            when
                regexp_matches(rule_key, '^verb_(?:reject|dismiss|rebuff)')
                and {{ has_word('modality_text', "'claims? that|allegations?|accusations?|reports? that|assertions?|charges? that'") }}  -- noqa: LT05
                then 'a claim is rejected, not what it is about'
            when
                read_modality in ('withdraws_demand', 'withdraws_offer')
                and (is_exchange or regexp_matches(clause_text, '^ (?:in )?(?:return|exchange) for '))
                then 'what is obtained in return is not given up'
            when
                rule_key = 'verb_call_demands'
                and not {{ has_word('modality_text', "'call for|call on|call upon'") }}
                and {{ has_word('modality_text', "'unrealistic|unacceptable|impossible|illusory|objective|ultimatum'") }}  -- noqa: LT05
                then 'it is called something, not called for'
            when
                issue_key = 'negotiation_format' and rule_key like 'tense_%' and not is_negative and level > 0
                then 'attending or planning talks is an event'
            when
                issue_key = 'negotiation_format'
                and {{ has_word('modality_text', "'host|hosting|venue|mediator|mediate|mediation|broker'") }}
                and holder_pole is null
                and read_modality in ('offers', 'proposes', 'ready_to')
                then 'an offer to host or mediate'
        end as doubt
    from voiced
)

select * from final
