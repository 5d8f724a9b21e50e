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

judged as (
    select
        readings.*,
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
)

select
    * exclude (report_kind, report_key, report_grade) replace (
        case when is_report then report_kind else root_kind end as root_kind,
        case when is_report then report_key else root_key end as root_key,
        case when is_report then report_grade else grade end as grade
    )
from judged
