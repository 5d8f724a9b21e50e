select
    conflict_key::varchar as conflict_key,
    name::varchar as name,
    first_party_key::varchar as first_party_key,
    second_party_key::varchar as second_party_key,
    since_date::date as since_date
from {{ ref('conflict_definitions') }}
