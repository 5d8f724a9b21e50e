with

positions as (
    select * from {{ ref('int_positions_collect') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

addressed as (
    select
        addressees.*,
        positions.collection_key
    from positions
    inner join {{ ref('int_addressees_find') }} as addressees
        on positions.opening_mention_id = addressees.position_mention_id
),

holders as (
    {{ actors_of('positions', 'actor_key') }}
),

speakers as (
    {{ actors_of('positions', 'spoken_by_key') }}
),

addressees as (
    {{ actors_of('addressed', 'addressee_key') }}
),

reactions as (
    select
        position_id,
        bool_or(reaction = 'denied') as is_denied,
        bool_or(reaction in ('denied', 'non_denial')) as is_contested
    from {{ ref('int_reactions_match') }}
    group by position_id
),

packages as (
    select * from {{ ref('int_position_packages_match') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
)

select
    positions.position_id::varchar as position_id,
    positions.collection_key::varchar as collection_key,
    positions.conflict_key::varchar as conflict_key,
    holders.actor_id::varchar as actor_id,
    positions.actor_key::varchar as actor_key,
    positions.issue_key::varchar as issue_key,
    positions.scope_key::varchar as scope_key,
    positions.voice::varchar as voice,
    case when reserved.document_id is null then positions.position_text end::varchar as position_text,
    positions.level::integer as level,
    positions.level_min::integer as level_min,
    positions.level_max::integer as level_max,
    positions.modality::varchar as modality,
    (positions.condition_text is not null)::boolean as is_conditional,
    case when reserved.document_id is null then positions.condition_text end::varchar as condition_text,
    addressees.actor_id::varchar as addressee_actor_id,
    speakers.actor_id::varchar as spoken_by_actor_id,
    packages.proposal_id::varchar as proposal_id,
    case
        when reactions.is_denied and positions.best_grade in ('D', 'E') then 'denied'
        when reactions.is_contested then 'contested'
        else positions.epistemic_status
    end::varchar as epistemic_status,
    positions.held_from_date::date as valid_from_date,
    positions.held_precision::varchar as valid_from_precision,
    case when positions.next_order_date > date '1900-01-01' then positions.next_order_date end::date as valid_to_date,
    positions.is_current::boolean as is_current,
    positions.known_from_at::timestamp as known_from_at,
    positions.next_known_at::timestamp as known_to_at,
    positions.reaffirmation_count::bigint as reaffirmation_count,
    positions.document_count::bigint as document_count,
    positions.story_count::bigint as story_count,
    positions.root_count::bigint as root_count,
    positions.best_grade::varchar as best_grade,
    positions.chain_id::varchar as chain_id
from positions
left join holders
    on
        positions.actor_key = holders.actor_key
        and positions.collection_key = holders.of_collection_key
left join speakers
    on
        positions.spoken_by_key = speakers.actor_key
        and positions.collection_key = speakers.of_collection_key
left join addressed
    on positions.opening_mention_id = addressed.position_mention_id
left join addressees
    on
        addressed.addressee_key = addressees.actor_key
        and addressed.collection_key = addressees.of_collection_key
left join reactions
    on positions.position_id = reactions.position_id
left join packages
    on positions.position_id = packages.position_id
left join reserved
    on positions.document_id = reserved.document_id
