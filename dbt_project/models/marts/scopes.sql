select
    scope_key::varchar as scope_key,
    conflict_key::varchar as conflict_key,
    name::varchar as name,
    parent_scope_key::varchar as parent_scope_key
from {{ ref('int_scopes_collect') }}
