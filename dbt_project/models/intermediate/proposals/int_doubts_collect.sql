-- One row per reading or change that the rules were not sure of and nobody has decided, with the reason.
with

readings as (
    select * from {{ ref('int_position_readings_judge') }}
    where
        doubt is not null
        and decision is null
),

changes as (
    select * from {{ ref('int_changes_decide') }}
    where
        doubt is not null
        and decision is null
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

unsure as (
    select distinct
        'position_mentions' as fact_table,
        {{ hash_id(['readings.document_id', 'readings.char_start', 'readings.char_end', 'readings.issue_key', 'readings.modality', 'readings.actor_key', 'readings.modality_number']) }}  -- noqa: LT05
            as fact_id,
        readings.document_id,
        readings.char_start,
        readings.char_end,
        readings.doubt as reason,
        concat_ws(
            ' ', coalesce(readings.actor_key, 'somebody'), readings.modality, readings.issue_key, readings.scope_key
        ) as reading,
        readings.actor_key,
        readings.issue_key,
        readings.scope_key,
        readings.voice,
        readings.modality,
        readings.level,
        null as change_type,
        readings.published_date as near_date,
        readings.grade as best_grade
    from readings
    union all
    select
        'proposal_changes' as fact_table,
        changes.change_id as fact_id,
        changes.document_id,
        changes.char_start,
        changes.char_end,
        changes.doubt as reason,
        concat_ws(' ', changes.actor_key, changes.change_type, changes.issue_key, changes.scope_key) as reading,
        changes.actor_key,
        changes.issue_key,
        changes.scope_key,
        changes.voice,
        changes.modality,
        changes.level,
        changes.change_type,
        changes.order_date as near_date,
        changes.best_grade
    from changes
)

select
    unsure.*,
    documents.collection_key
from unsure
inner join documents
    on unsure.document_id = documents.document_id
