select
    conflict_key::varchar as conflict_key,
    issue_key::varchar as issue_key,
    scope_key::varchar as scope_key,
    actor_key::varchar as actor_key,
    pole::varchar as pole
from {{ ref('pole_owners') }}
