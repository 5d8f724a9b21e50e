-- Outlets of the seed, by the form that the marts publish.
with

outlets as (
    select * from {{ ref('outlet_definitions') }}
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
)

select * from final
