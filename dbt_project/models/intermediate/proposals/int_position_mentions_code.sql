-- One row per place where a position is voiced or presupposed, before mentions of one document are brought together.
with

readings as (
    select * exclude (decision) from {{ ref('int_position_readings_judge') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

voiced as (
    select
        *,
        false as is_presupposed
    from readings
    where doubt is null
),

-- 'relinquish its claims' tells what was claimed before: in public, since whenever
presupposed as (
    select
        * replace (
            'official' as voice,
            'demands' as modality,
            presupposed_level as level,
            presupposed_level_min as level_min,
            presupposed_level_max as level_max,
            null as condition_text,
            null as said_from_date,
            null as said_to_date,
            null as said_precision,
            null as spoken_by_key,
            'unattributed' as epistemic_status,
            true as is_background
        ),
        true as is_presupposed
    from readings
    where
        doubt is null
        and presupposed_level is not null
        and coalesce(holder_pole, 'high') = 'high'
        and not is_negative
),

both_kinds as (
    select * from voiced
    union all
    select * from presupposed
),

final as (
    select
        {{ hash_id(['both_kinds.document_id', 'both_kinds.char_start', 'both_kinds.char_end', 'both_kinds.actor_key', 'both_kinds.issue_key', 'both_kinds.scope_key', 'both_kinds.is_presupposed', 'both_kinds.modality']) }}  -- noqa: LT05
            as position_mention_id,
        both_kinds.*,
        documents.is_latest_version,
        substring(documents.body, both_kinds.char_start + 1, both_kinds.char_end - both_kinds.char_start)
            as position_text,
        case
            when said_to_date is not null and coalesce(said_precision, '') not in ('', 'unknown') then said_from_date
        end as held_from_date,
        case
            when is_presupposed then null
            else coalesce(said_to_date, both_kinds.published_date)
        end as held_to_date,
        case
            when is_presupposed then 'unknown'
            when said_to_date is not null and coalesce(said_precision, '') not in ('', 'unknown') then said_precision
            when both_kinds.published_date is not null then 'on_or_before'
            else 'unknown'
        end as held_precision
    from both_kinds
    inner join documents
        on both_kinds.document_id = documents.document_id
)

select distinct on (position_mention_id) *
from final
order by position_mention_id, modality_depth, rule_key
