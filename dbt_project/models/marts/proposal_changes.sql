with

changes as (
    select * from {{ ref('int_changes_publish') }}
),

packages as (
    select * from {{ ref('int_position_packages_match') }}
)

select
    changes.change_id::varchar as change_id,
    changes.collection_key::varchar as collection_key,
    changes.conflict_key::varchar as conflict_key,
    changes.actor_id::varchar as actor_id,
    changes.actor_key::varchar as actor_key,
    changes.issue_key::varchar as issue_key,
    changes.scope_key::varchar as scope_key,
    case when changes.compared_scope_key != changes.scope_key then changes.compared_scope_key end::varchar
        as compared_scope_key,
    changes.voice::varchar as voice,
    changes.from_position_id::varchar as from_position_id,
    changes.position_id::varchar as to_position_id,
    changes.from_text::varchar as from_text,
    changes.position_text::varchar as to_text,
    changes.from_level::integer as from_level,
    changes.level::integer as to_level,
    (changes.level - changes.from_level)::integer as level_delta,
    changes.change_type::varchar as change_type,
    changes.is_conditional::boolean as is_conditional,
    changes.condition_text::varchar as condition_text,
    changes.responds_to_position_id::varchar as responds_to_position_id,
    changes.response_day_count::bigint as response_day_count,
    changes.closer_to_actor_id::varchar as closer_to_actor_id,
    changes.closer_to_key::varchar as closer_to_actor_key,
    changes.away_from_actor_id::varchar as away_from_actor_id,
    changes.away_from_key::varchar as away_from_actor_key,
    case
        when changes.modality in ('withdraws_demand', 'withdraws_offer', 'accepts', 'rejects') then 'explicit_in_text'
        when changes.from_position_id is null then 'first_observation'
        else changes.precedent_basis
    end::varchar as basis,
    changes.claimed_label::varchar as claimed_label,
    changes.claimed_by::varchar as claimed_by,
    changes.held_from_date::date as made_from_date,
    changes.held_to_date::date as made_to_date,
    changes.held_precision::varchar as made_precision,
    changes.first_reported_at::timestamp as first_reported_at,
    changes.last_reported_at::timestamp as last_reported_at,
    changes.reported_by::varchar as reported_by,
    changes.origin_outlet::varchar as origin_outlet,
    changes.source_text::varchar as source_text,
    changes.settled_status::varchar as epistemic_status,
    changes.hedges::varchar as hedges,
    changes.party_reaction::varchar as party_reaction,
    changes.best_grade::varchar as best_grade,
    changes.document_count::bigint as document_count,
    changes.story_count::bigint as story_count,
    changes.root_count::bigint as root_count,
    changes.superseded_by_change_id::varchar as superseded_by_change_id,
    packages.proposal_id::varchar as proposal_id,
    changes.best_chain_id::varchar as chain_id,
    changes.reading::varchar as reading
from changes
left join packages
    on changes.position_id = packages.position_id
