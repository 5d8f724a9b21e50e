with

mentions as (
    select * from {{ ref('int_positions_stretch') }}
),

positions as (
    select * from {{ ref('int_positions_collect') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

holders as (
    {{ actors_of('mentions', 'actor_key') }}
),

speakers as (
    {{ actors_of('mentions', 'spoken_by_key') }}
),

hedges as (
    select * from {{ ref('int_position_hedges_list') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
)

select
    mentions.position_mention_id::varchar as position_mention_id,
    positions.position_id::varchar as position_id,
    mentions.document_id::varchar as document_id,
    mentions.statement_id::varchar as statement_id,
    mentions.char_start::integer as char_start,
    mentions.char_end::integer as char_end,
    holders.actor_id::varchar as actor_id,
    speakers.actor_id::varchar as spoken_by_actor_id,
    mentions.issue_key::varchar as issue_key,
    mentions.scope_key::varchar as scope_key,
    mentions.voice::varchar as voice,
    mentions.level::integer as level,
    mentions.level_min::integer as level_min,
    mentions.level_max::integer as level_max,
    case
        when mentions.background = 'repeat' and mentions.modality = 'demands' then 'reaffirms' else mentions.modality
    end::varchar as modality,
    (mentions.condition_text is not null)::boolean as is_conditional,
    case when documents.rights = 'full_text' then mentions.condition_text end::varchar as condition_text,
    hedges.hedges::varchar as hedges,
    mentions.held_from_date::date as held_from_date,
    mentions.held_to_date::date as held_to_date,
    mentions.held_precision::varchar as held_precision,
    mentions.epistemic_status::varchar as epistemic_status,
    mentions.chain_id::varchar as chain_id,
    (
        mentions.cue_key
        || '+'
        || mentions.rule_key
        || case when mentions.is_presupposed then '+presupposed' else '' end
    )::varchar as rule_key
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
inner join documents
    on mentions.document_id = documents.document_id
left join holders
    on
        mentions.actor_key = holders.actor_key
        and mentions.collection_key = holders.of_collection_key
left join speakers
    on
        mentions.spoken_by_key = speakers.actor_key
        and mentions.collection_key = speakers.of_collection_key
left join hedges
    on mentions.position_mention_id = hedges.position_mention_id
