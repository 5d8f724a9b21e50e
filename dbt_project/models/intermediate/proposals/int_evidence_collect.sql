-- One row per fact, place in a text and kind of evidence.
with

mentions as (
    select * from {{ ref('int_positions_stretch') }}
),

positions as (
    select * from {{ ref('int_positions_collect') }}
),

changes as (
    select * from {{ ref('int_changes_publish') }}
),

conditions as (
    select * from {{ ref('int_conditions_find') }}
),

times as (
    select * from {{ ref('int_holding_times_find') }}
),

labels as (
    select * from {{ ref('int_change_labels_match') }}
),

packages as (
    select
        mentions.*,
        proposals.proposal_id
    from {{ ref('int_package_mentions_find') }} as mentions
    inner join {{ ref('int_documents_resolve') }} as documents
        on
            mentions.document_id = documents.document_id
            and documents.is_latest_version
    inner join {{ ref('int_proposals_collect') }} as proposals
        on
            documents.collection_key = proposals.collection_key
            and mentions.proposal_key = proposals.proposal_key
),

placed as (
    select
        positions.position_id,
        mentions.*
    from mentions
    inner join positions
        on
            mentions.collection_key = positions.collection_key
            and mentions.conflict_key is not distinct from positions.conflict_key
            and mentions.actor_key = positions.actor_key
            and mentions.issue_key = positions.issue_key
            and mentions.scope_key = positions.scope_key
            and mentions.voice = positions.voice
            and mentions.track = positions.track
            and mentions.stretch_number = positions.stretch_number
),

pieces as (
    select
        position_id,
        document_id,
        char_start,
        char_end,
        case when is_presupposed then 'from_state' else 'core' end as kind
    from placed
    union
    select
        placed.position_id,
        placed.document_id,
        conditions.char_start,
        conditions.char_end,
        'condition' as kind
    from placed
    inner join conditions
        on
            placed.document_id = conditions.document_id
            and placed.clause_number = conditions.origin_number
    where
        conditions.char_start is not null
        and placed.condition_text is not null
    union
    select
        placed.position_id,
        placed.document_id,
        times.char_start,
        times.char_end,
        'date' as kind
    from placed
    inner join times
        on
            placed.document_id = times.document_id
            and placed.clause_number = times.origin_number
            and placed.modality_number = times.modality_number
    where not placed.is_presupposed
),

final as (
    select
        'positions' as fact_table,
        position_id as fact_id,
        document_id,
        char_start,
        char_end,
        kind
    from pieces
    union
    select
        'proposal_changes' as fact_table,
        changes.change_id as fact_id,
        pieces.document_id,
        pieces.char_start,
        pieces.char_end,
        pieces.kind
    from pieces
    inner join changes
        on pieces.position_id = changes.position_id
    union
    select
        'proposal_changes' as fact_table,
        changes.change_id as fact_id,
        pieces.document_id,
        pieces.char_start,
        pieces.char_end,
        'from_state' as kind
    from pieces
    inner join changes
        on pieces.position_id = changes.from_position_id
    where pieces.kind in ('core', 'from_state')
    union
    select
        'proposal_changes' as fact_table,
        changes.change_id as fact_id,
        labels.document_id,
        labels.char_start,
        labels.char_end,
        'core' as kind
    from labels
    inner join changes
        on labels.position_id = changes.position_id
    union
    select
        'proposals' as fact_table,
        proposal_id as fact_id,
        document_id,
        char_start,
        char_end,
        'core' as kind
    from packages
)

select * from final
