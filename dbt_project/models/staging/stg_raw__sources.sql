select
    source_key as outlet_key,
    name,
    domain,
    country_iso3,
    language_code,
    timezone,
    is_wire,
    is_state_media,
    rights,
    articles_per_week,
    author_fill,
    date_fill,
    verified_date
from {{ source('raw', 'sources') }}
