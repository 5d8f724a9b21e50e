select
    outlet_key,
    name,
    domain,
    country_iso3,
    is_wire,
    is_state_media,
    owner
from {{ ref('int_outlets_collect') }}
