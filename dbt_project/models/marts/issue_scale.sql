select
    issue_key::varchar as issue_key,
    level::integer as level,
    label::varchar as label,
    description::varchar as description
from {{ ref('issue_levels') }}
