-- One row per modality reading whose holder the clause itself names: the argument that does it, by the rule's word for it.
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

-- 'the two sides agreed': the first of the two here, the second by int_joint_subjects_list
sides as (
    select
        document_id,
        mention_number,
        min(principal_key) as party_key
    from {{ ref('int_mention_parties_collect') }}
    group by document_id, mention_number
    having count(*) = 2
)

select distinct on (readings.document_id, readings.origin_number, readings.clause_number, readings.rule_key)
    readings.document_id,
    readings.origin_number,
    readings.clause_number,
    readings.rule_key,
    mentions.actor_id as named_actor_id,
    coalesce(mentions.actor_key, sides.party_key) as named_actor_key,
    coalesce(mentions.on_behalf_key, mentions.principal_key, mentions.actor_key, sides.party_key) as named_key,
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
left join sides
    on
        arguments.document_id = sides.document_id
        and if(mentions.actor_key is null, arguments.mention_number, null) = sides.mention_number
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
    and (coalesce(mentions.actor_key, sides.party_key) is not null or lower(arguments.text) in ('we', 'i'))
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
