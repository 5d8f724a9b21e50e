-- Outlets of the seed, and those that only a manifest of this installation declares.
with

outlets as (
    select * from {{ ref('outlet_definitions') }}
),

sources as (
    select * from {{ ref('stg_raw__sources') }}
),

final as (
    select
        outlet_key,
        name,
        domain,
        country_iso3,
        is_wire,
        is_state_media,
        owner
    from outlets
    union all
    select
        sources.outlet_key,
        sources.name,
        sources.domain,
        sources.country_iso3,
        sources.is_wire,
        sources.is_state_media,
        null as owner
    from sources
    anti join outlets
        on sources.outlet_key = outlets.outlet_key
)

select * from final
