select
    issue_key::varchar as issue_key,
    name::varchar as name,
    definition::varchar as definition,
    scale_type::varchar as scale_type,
    baseline_level::integer as baseline_level
from {{ ref('issue_definitions') }}
