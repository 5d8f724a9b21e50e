-- One row per statement, issue and scope that its words touch, with the cue of the clause that does.
with

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
    where is_latest_version
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

matches as (
    select * from {{ ref('int_scopes_match') }}
),

final as (
    select distinct on (attributions.statement_id, matches.issue_key, matches.scope_key)
        attributions.statement_id,
        matches.issue_key,
        matches.scope_key,
        matches.cue_key as cue
    from attributions
    inner join clauses
        on
            attributions.document_id = clauses.document_id
            and attributions.char_start <= clauses.trigger_start
            and clauses.trigger_end <= attributions.char_end
    inner join matches
        on
            clauses.document_id = matches.document_id
            and clauses.clause_number = matches.clause_number
    order by attributions.statement_id, matches.issue_key, matches.scope_key, clauses.trigger_start, matches.cue_key
)

select * from final
