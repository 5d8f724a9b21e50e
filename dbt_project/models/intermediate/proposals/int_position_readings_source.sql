-- One row per reading with the chain behind it as a position needs it: a report of something said in private is no
-- public line of its holder, though the words that report it may read so.
with

readings as (
    select * from {{ ref('int_position_readings_assemble') }}
),

reports as (
    select * from {{ ref('int_reports_mark') }}
),

-- an outlet reports what a person told another: the outlet is what we know it from
secondhand as (
    select distinct chains.chain_id
    from {{ ref('stg_language__source_hops') }} as hops
    inner join {{ ref('int_chains_resolve') }} as chains
        on
            hops.document_id = chains.document_id
            and hops.chain_number = chains.chain_number
    where
        hops.hop_type = 'cited_outlet'
        and regexp_matches(lower(hops.cue), '^(?:report|wrote|write|claim|reveal|disclose|allege)')
        and chains.root_key like 'outlet:%'
),

-- a delegation or a ministry speaks for the party in public, though no name is given
bodies as (
    select chain_id
    from {{ ref('int_chain_sources_read') }}
    where
        regexp_matches(
            source_text,
            '(?i)\b(?:negotiators?|negotiating (?:team|council)|delegation|delegates|ministry|government|army|command|council|presidency|office|staff)\b'  -- noqa: LT05
        )
        and not regexp_matches(
            source_text,
            '(?i)\b(?:officials?|sources?|people|persons?|individuals?|diplomats?|aides?|insiders?|familiar|close to|unnamed|anonymous|anonymity|not authori[sz]ed)\b'  -- noqa: LT05
        )
),

-- '…, the minister said' that a parse hung below the first verb: who says so is not known
said_after as (
    select distinct
        clauses.document_id,
        clauses.sentence_number,
        coalesce(mentions.on_behalf_key, mentions.principal_key, mentions.actor_key) as speaker_key
    from {{ ref('stg_language__clauses') }} as clauses
    inner join {{ ref('stg_language__clauses') }} as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
            and parents.relation = 'root'
    inner join {{ ref('speech_acts') }} as cues
        on
            clauses.lemma = cues.cue_lemma
            and cues.word_class = 'verb'
            and cues.attribution_kind = 'speech'
    inner join {{ ref('stg_language__clause_arguments') }} as arguments
        on
            clauses.document_id = arguments.document_id
            and clauses.clause_number = arguments.clause_number
            and arguments.role = 'subject'
            and arguments.char_start < clauses.trigger_start
            and not arguments.is_shared
    inner join {{ ref('int_mentions_resolve') }} as mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
            and mentions.actor_key not like 'outlet:%'
    where
        clauses.relation in ('ccomp', 'parataxis')
        and clauses.marker = ''
        and clauses.tense = 'past'
        and clauses.attribution_number is null
        and clauses.trigger_start > parents.trigger_end
),

judged as (
    select
        readings.*,
        said_after.document_id is not null as is_said_after,
        bodies.chain_id is not null and readings.speaker_key = readings.actor_key as is_body,
        reports.root_kind as report_kind,
        reports.root_key as report_key,
        reports.grade as report_grade,
        coalesce(
            case
                when readings.root_kind = 'unattributed' then reports.is_retold or reports.is_unnamed
                when readings.root_kind in ('party_on_record', 'counterparty_on_record') then
                    reports.document_id is not null
                    and (
                        reports.is_told_in_private
                        or (reports.is_unnamed and (secondhand.chain_id is not null or readings.speaker_key is null))
                    )
            end,
            false
        ) as is_report
    from readings
    left join reports
        on
            readings.document_id = reports.document_id
            and readings.sentence_number = reports.sentence_number
    left join secondhand
        on readings.chain_id = secondhand.chain_id
    left join said_after
        on
            readings.document_id = said_after.document_id
            and if(readings.speaker_key is null, readings.sentence_number, null) = said_after.sentence_number
            and readings.actor_key != said_after.speaker_key
    left join bodies
        on readings.chain_id = bodies.chain_id
)

select
    * exclude (report_kind, report_key, report_grade) replace (
        case when is_report then report_kind else root_kind end as root_kind,
        case when is_report then report_key else root_key end as root_key,
        case when is_report then report_grade else grade end as grade
    )
from judged
