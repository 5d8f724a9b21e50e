-- One row per modality reading with the actor whose position it voices: the principal of subject, agent, possessor
-- or speaker.
with

readings as (
    select * from {{ ref('int_modalities_read') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

-- the argument that names the holder, by the rule's word for it
named as (
    select distinct on (readings.document_id, readings.origin_number, readings.clause_number, readings.rule_key)
        readings.document_id,
        readings.origin_number,
        readings.clause_number,
        readings.rule_key,
        mentions.actor_id as named_actor_id,
        mentions.actor_key as named_actor_key,
        coalesce(mentions.on_behalf_key, mentions.principal_key, mentions.actor_key) as named_key,
        mentions.is_anonymous as named_is_anonymous,
        lower(arguments.text) as named_text
    from readings
    inner join paths
        on
            readings.document_id = paths.document_id
            and readings.origin_number = paths.origin_number
            and readings.clause_number = paths.clause_number
    inner join arguments
        on
            readings.document_id = arguments.document_id
            and readings.clause_number = arguments.clause_number
    left join mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
    where
        case readings.holder
            when 'argument' then arguments.argument_number = readings.argument_number
            when 'possessor'
                then
                    arguments.role in ('possessor', 'modifier', 'agent')
                    or (arguments.role = 'oblique' and arguments.preposition in ('of', 'by', 'from'))
                    or (
                        arguments.role = 'subject'
                        and paths.lemma in ('readiness', 'willingness', 'openness', 'refusal', 'commitment', 'pledge')
                    )
            else
                arguments.role = 'agent' or (arguments.role = 'subject' and not paths.is_passive)
                or (arguments.role = 'subject' and paths.kind = 'adjective')
        end
        and (mentions.actor_key is not null or lower(arguments.text) in ('we', 'i'))
        -- 'talks with Ukraine have failed': the talks are no holder
        and not (arguments.role = 'subject' and arguments.head_lemma in (select lemma from {{ ref('issue_nouns') }}))
        and not (
            coalesce(mentions.is_place, false)
            and readings.holder in ('possessor', 'argument')
            and arguments.role = 'oblique'
        )
    order by
        readings.document_id, readings.origin_number, readings.clause_number, readings.rule_key,
        case arguments.role
            when 'possessor' then 1 when 'agent' then 2 when 'modifier' then 3 when 'subject' then 4 else 5
        end,
        arguments.is_shared,
        arguments.argument_number
),

spoken as (
    select
        readings.*,
        named.named_actor_id,
        named.named_actor_key,
        named.named_key,
        coalesce(named.named_is_anonymous, false) as named_is_anonymous,
        coalesce(named.named_text in ('we', 'i', 'our', 'my'), false) as is_own_voice,
        attributions.attribution_number,
        attributions.speaker_actor_id,
        attributions.speaker_actor_key,
        case
            -- who holds an office of a state that no dictionary knows speaks for the state he speaks of
            when
                attributions.on_behalf_of_actor_key is null
                and attributions.speaker_actor_key like 'person:%'
                and sentence_conflicts.conflict_key is null
                and regexp_matches(
                    attributions.speaker_text,
                    '(?i)^(?:the |its |their |acting |deputy )*(?:president|prime minister|chancellor|foreign minister|defen[cs]e minister|(?:\w+ )?spokes(?:man|woman|person))\b'  -- noqa: LT05
                )
                and named.named_key not like 'outlet:%'
                and not coalesce(named.named_is_anonymous, false)
                then named.named_key
            -- an armed wing speaks for the whole
            when wings.principal_key = named.named_key then named.named_key
            else coalesce(attributions.on_behalf_of_actor_key, attributions.speaker_actor_key)
        end as speaker_key,
        attributions.statement_id
    from readings
    inner join paths
        on
            readings.document_id = paths.document_id
            and readings.origin_number = paths.origin_number
            and readings.clause_number = paths.clause_number
    left join named
        on
            readings.document_id = named.document_id
            and readings.origin_number = named.origin_number
            and readings.clause_number = named.clause_number
            and readings.rule_key = named.rule_key
    -- in a list of demands the words below (a pledge from the other side) speak for nobody
    left join {{ ref('int_reading_attributions_find') }} as found
        on
            readings.document_id = found.document_id
            and readings.origin_number = found.origin_number
            and readings.clause_number = found.clause_number
            and readings.rule_key = found.rule_key
            and readings.holder != 'argument'
    left join attributions
        on
            found.document_id = attributions.document_id
            and found.attribution_number = attributions.attribution_number
    left join {{ ref('actor_definitions') }} as wings
        on attributions.on_behalf_of_actor_key = wings.actor_key
    left join {{ ref('int_sentence_conflicts_choose') }} as sentence_conflicts
        on
            paths.document_id = sentence_conflicts.document_id
            and paths.sentence_number = sentence_conflicts.sentence_number
)

select
    *,
    case
        when holder = 'speaker' or is_own_voice then speaker_key
        else named_key
    end as holder_key
from spoken
