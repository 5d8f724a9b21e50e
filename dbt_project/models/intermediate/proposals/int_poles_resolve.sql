-- One row per scope, issue and actor that owns a pole there: poles of the scope itself, else those for every scope.
with

poles as (
    select * from {{ ref('pole_owners') }}
),

scopes as (
    select
        scopes.scope_key,
        poles.conflict_key,
        poles.issue_key
    from {{ ref('scope_definitions') }} as scopes
    inner join (select distinct
        conflict_key,
        issue_key
    from poles) as poles
        on
            scopes.conflict_key = poles.conflict_key
            or (scopes.conflict_key is null and scopes.scope_key = 'general')
),

final as (
    select
        scopes.conflict_key,
        scopes.issue_key,
        scopes.scope_key,
        poles.actor_key,
        poles.pole,
        row_number() over (
            partition by scopes.conflict_key, scopes.issue_key, scopes.scope_key, poles.actor_key
            order by poles.scope_key is null
        ) as choice
    from scopes
    inner join poles
        on
            scopes.conflict_key = poles.conflict_key
            and scopes.issue_key = poles.issue_key
            and coalesce(poles.scope_key, scopes.scope_key) = scopes.scope_key
)

select * exclude (choice)
from final
where choice = 1
