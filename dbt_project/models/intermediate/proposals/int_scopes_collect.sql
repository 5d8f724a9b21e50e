-- One row per scope: the seeds' closed lists, and the places that texts on conflicts without a seed name.
with

listed as (
    select
        scope_key,
        conflict_key,
        name,
        parent_scope_key
    from {{ ref('scope_definitions') }}
),

discovered as (
    select distinct on (scope_key)
        scope_key,
        null as conflict_key,
        scope_name as name,
        'general' as parent_scope_key
    from {{ ref('int_scopes_match') }} as matches
    inner join {{ ref('int_documents_resolve') }} as documents
        on
            matches.document_id = documents.document_id
            and documents.is_latest_version
    where scope_key like 'place:%'
    order by scope_key, scope_name
)

select * from listed
union all
select * from discovered
