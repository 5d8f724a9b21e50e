-- One row per reading with how firmly it is known, whether it is told as old, and the doubt that keeps it out of the
-- marts, if any.
with

readings as (
    select * from {{ ref('int_position_readings_level') }}
),

final as (
    select
        readings.*,
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
            when
                'counterparty_on_record'
                then
                    case
                        when speaker_key = readings.actor_key then 'confirmed_by_party'
                        else 'stated_by_other_party'
                    end
            when 'official_document' then 'confirmed_by_party'
            when 'leaked_document' then 'leaked_document'
            when 'named_outlet' then 'reported_named_outlet'
            when 'anonymous_officials' then 'anonymous_officials'
            when 'anonymous_people' then 'anonymous_officials'
            else 'unattributed'
        end as epistemic_status,
        case
            when readings.actor_key is null then 'nobody is named as holder'
            when readings.actor_key like 'outlet:%' then 'the holder is an outlet'
            when readings.actor_key like 'anon:%' then 'the holder is unnamed and speaks for nobody known'
            when
                readings.actor_key like 'person:%' and powers.actor_key is null
                then 'the holder speaks for nobody known'
            when
                conflict_key is null
                and wars.word_count < 2
                and issues.is_peacetime
                then 'nothing in the text speaks of a war'
            when
                cue_kind = 'order'
                and not regexp_matches(
                    modality_text,
                    ' (?:talk|talks|negotiate|negotiation|negotiations|negotiating|meet|format|dialogue) '
                )
                then 'an order of steps without talks'
            when
                readings.issue_key = 'ceasefire'
                and holder_pole = 'low'
                and modality = 'demands'
                and level >= 3
                and subject_key != readings.actor_key
                and not is_subject_shared
                then 'only the other side is asked to stop'
            when is_said_after then 'somebody named after it may say so'
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
                and readings.actor_key != agent_key
                and read_modality in ('offers', 'implements', 'ready_to')
                then 'the forces or land are of the other side'
            when
                rule_key like 'tense_%'
                and modal in ('may', 'might', 'could', 'would')
                and (modal != 'would' or speaker_key is null)
                and not is_unnamed
                and coalesce(speaker_key, '') != readings.actor_key
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
                and speaker_key != readings.actor_key
                then 'said of the holder by another party as a forecast'
            when
                modality_modal in ('may', 'might', 'could')
                and modality in ('accepts', 'rejects', 'demands')
                and coalesce(speaker_key, '') != readings.actor_key
                then 'a possibility that its holder did not voice'
            when
                is_negative
                and modality in ('rejects', 'rules_out')
                and {{ has_word('clause_text', "'(?:a|an|any|no|another) (?:[^ ]+ ){0,3}(?:ceasefire|cease-fire|truce|deal|agreement|settlement|peace|proposal|plan) (?:that|without|unless)'") }}  -- noqa: LT05
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
                and not {{ has_word('modality_text', "'call (?:[^ ]+ ){0,2}(?:for|on|upon)'") }}
                then 'it is called something, not called for'
            when
                readings.issue_key = 'negotiation_format' and rule_key like 'tense_%' and not is_negative and level > 0
                then 'attending or planning talks is an event'
            when
                readings.issue_key = 'negotiation_format'
                and {{ has_word('modality_text', "'host|hosting|venue|mediator|mediate|mediation|broker'") }}
                and holder_pole is null
                and read_modality in ('offers', 'proposes', 'ready_to')
                then 'an offer to host or mediate'
        end as doubt
    from readings
    left join {{ ref('int_unknown_powers_find') }} as powers
        on
            readings.collection_key = powers.collection_key
            and readings.actor_key = powers.actor_key
    left join {{ ref('int_war_words_count') }} as wars
        on readings.document_id = wars.document_id
    left join {{ ref('issue_definitions') }} as issues
        on readings.issue_key = issues.issue_key
)

select * from final
