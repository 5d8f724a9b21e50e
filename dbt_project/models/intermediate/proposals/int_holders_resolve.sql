-- One row per modality reading with the actor whose position it voices: the principal of subject, agent, possessor
-- or speaker.
with

readings as (
    select * from {{ ref('int_modalities_read') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

named as (
    select * from {{ ref('int_holders_name') }}
),

-- what the text calls the people that no dictionary knows
offices as (
    select
        people.document_id,
        persons.actor_key,
        min(people.role_noun) as role_noun
    from {{ ref('int_people_place') }} as people
    inner join {{ ref('int_entities_person') }} as persons
        on people.document_id = persons.document_id and people.entity_number = persons.entity_number
    where people.role_noun is not null
    group by people.document_id, persons.actor_key
),

spoken as (
    select
        readings.*,
        named.named_actor_id,
        named.named_actor_key,
        named.named_key,
        case when readings.holder = 'argument' then authors.author_key end as author_key,
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
                and (
                    regexp_matches(
                        attributions.speaker_text,
                        '(?i)^(?:the |its |their |acting |deputy )*(?:president|chancellor|(?:\w+ )?minister|(?:\w+ )?spokes(?:man|woman|person))\b'  -- noqa: LT05
                    )
                    or regexp_matches(offices.role_noun, '(president|chancellor|minister|spokesman|negotiator)$')
                )
                and named.named_key not like 'outlet:%'
                and not coalesce(named.named_is_anonymous, false)
                then named.named_key
            -- 'its spokesman' is of those whose act is told
            when
                regexp_matches(
                    attributions.speaker_text,
                    '(?i)^(?:its|their) (?:[\w-]+ ){0,2}(?:president|premier|minister|leader|government|ministry|army|spokes(?:man|woman|person))\b'  -- noqa: LT05
                )
                then named.named_key
            -- one name, read as a person's here and as a state's there
            when
                contains(named.named_key, ':')
                and split_part(attributions.on_behalf_of_actor_key, ':', 2) = split_part(named.named_key, ':', 2)
                then named.named_key
            -- an armed wing speaks for the whole
            when wings.principal_key = named.named_key then named.named_key
            else coalesce(
                attributions.on_behalf_of_actor_key, delegates.side_key, attributions.speaker_actor_key
            )
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
            if(readings.holder = 'argument', null, readings.document_id) = found.document_id
            and readings.origin_number = found.origin_number
            and readings.clause_number = found.clause_number
            and readings.rule_key = found.rule_key
    left join attributions
        on
            found.document_id = attributions.document_id
            and found.attribution_number = attributions.attribution_number
    left join {{ ref('int_delegates_side') }} as delegates
        on
            attributions.document_id = delegates.document_id
            and attributions.attribution_number = delegates.attribution_number
    left join offices
        on
            attributions.document_id = offices.document_id
            and attributions.speaker_actor_key = offices.actor_key
    left join {{ ref('actor_definitions') }} as wings
        on attributions.on_behalf_of_actor_key = wings.actor_key
    left join {{ ref('int_plan_authors_find') }} as authors
        on readings.document_id = authors.document_id
    left join {{ ref('int_sentence_conflicts_choose') }} as sentence_conflicts
        on
            paths.document_id = sentence_conflicts.document_id
            and paths.sentence_number = sentence_conflicts.sentence_number
)

select
    *,
    case
        when holder = 'speaker' or is_own_voice then speaker_key
        when named_key is null and rule_key like 'noun_%_proposes' then author_key
        else named_key
    end as holder_key
from spoken
