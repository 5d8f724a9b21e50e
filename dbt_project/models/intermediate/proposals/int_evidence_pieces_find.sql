-- One row per position, place in a text and kind of evidence: its words, its condition, its date.
with

mentions as (
    select * from {{ ref('int_positions_stretch') }}
),

positions as (
    select * from {{ ref('int_positions_collect') }}
),

conditions as (
    select * from {{ ref('int_conditions_find') }}
),

times as (
    select * from {{ ref('int_holding_times_find') }}
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
)

select * from pieces
