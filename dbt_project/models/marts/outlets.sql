with

known as (
    select * from {{ ref('int_outlets_collect') }}
),

named as (
    select * from {{ ref('int_publishers_name') }}
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
    from known
    union all by name
    select
        outlet_key,
        name
    from named
)

select * from final
