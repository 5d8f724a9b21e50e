-- One row per fact, place in a text and kind of evidence.
with

pieces as (
    select * from {{ ref('int_evidence_pieces_find') }}
),

changes as (
    select * from {{ ref('int_changes_publish') }}
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
