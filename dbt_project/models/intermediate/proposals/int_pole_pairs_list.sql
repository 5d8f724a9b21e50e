-- One row per scope and issue with the owners of both ends.
with

poles as (
    select * from {{ ref('int_poles_resolve') }}
)

select
    conflict_key,
    issue_key,
    scope_key,
    min(actor_key) filter (where pole = 'low') as low_key,
    min(actor_key) filter (where pole = 'high') as high_key
from poles
group by conflict_key, issue_key, scope_key
