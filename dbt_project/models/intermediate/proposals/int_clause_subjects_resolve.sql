-- One row per matched clause and issue with whoever would act, and the pole that actor owns.
with

matches as (
    select * from {{ ref('int_scopes_match') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

poles as (
    select * from {{ ref('int_poles_resolve') }}
),

named as (
    select distinct on (matches.document_id, matches.clause_number, matches.issue_key)
        matches.document_id,
        matches.clause_number,
        matches.issue_key,
        matches.conflict_key,
        matches.scope_key,
        arguments.is_shared,
        coalesce(mentions.on_behalf_key, mentions.principal_key, mentions.actor_key) as subject_key
    from matches
    inner join arguments
        on
            matches.document_id = arguments.document_id
            and matches.clause_number = arguments.clause_number
    inner join mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
    where
        arguments.role in ('subject', 'agent', 'possessor')
        and mentions.actor_key is not null
    order by
        matches.document_id,
        matches.clause_number,
        matches.issue_key,
        arguments.is_shared,
        arguments.role,
        arguments.argument_number
)

select
    named.*,
    poles.pole
from named
left join poles
    on
        named.conflict_key = poles.conflict_key
        and named.issue_key = poles.issue_key
        and named.scope_key = poles.scope_key
        and named.subject_key = poles.actor_key
