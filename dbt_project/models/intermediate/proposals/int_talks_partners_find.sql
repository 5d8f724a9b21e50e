-- One row per matched clause about talks with the scope that those named in it give: who is ready to talk, and to whom.
with

matches as (
    select distinct
        matches.document_id,
        matches.clause_number,
        conflicts.conflict_key
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('stg_language__clauses') }} as clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    inner join {{ ref('int_sentence_conflicts_choose') }} as conflicts
        on
            matches.document_id = conflicts.document_id
            and clauses.sentence_number = conflicts.sentence_number
    where matches.issue_key in ('negotiation_format', 'sequencing')
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

mentions as (
    select
        *,
        coalesce(on_behalf_key, principal_key, actor_key) as party_key
    from {{ ref('int_mentions_resolve') }}
    where actor_key is not null
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

talks_scopes as (
    select * from {{ ref('talks_scopes') }}
),

named as (
    select
        matches.document_id,
        matches.clause_number,
        matches.conflict_key,
        mentions.party_key
    from matches
    inner join clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    inner join mentions
        on
            clauses.document_id = mentions.document_id
            and mentions.char_start >= clauses.char_start
            and mentions.char_end <= clauses.char_end
    inner join documents
        on clauses.document_id = documents.document_id
    -- with whom, or between whom; what the talks are about is no partner
    where
        regexp_matches(
            substring(documents.body, greatest(mentions.char_start - 60, 0) + 1, least(60, mentions.char_start)),
            '(?i)\b(?:with|between|and|meet|met|meeting)\s+(?:[\w’''.-]+\s+){0,2}$'
        )
    union
    select
        matches.document_id,
        matches.clause_number,
        matches.conflict_key,
        mentions.party_key
    from matches
    inner join paths
        on
            matches.document_id = paths.document_id
            and matches.clause_number = paths.origin_number
            and paths.depth <= 2
    inner join arguments
        on
            paths.document_id = arguments.document_id
            and paths.clause_number = arguments.clause_number
            and arguments.role in ('subject', 'agent', 'possessor')
    inner join mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
),

paired as (
    select distinct
        first_named.document_id,
        first_named.clause_number,
        first_named.conflict_key,
        talks_scopes.scope_key
    from named as first_named
    inner join named as second_named
        on
            first_named.document_id = second_named.document_id
            and first_named.clause_number = second_named.clause_number
    inner join talks_scopes
        on
            first_named.conflict_key = talks_scopes.conflict_key
            and first_named.party_key = talks_scopes.first_key
            and second_named.party_key = talks_scopes.second_key
),

trilateral as (
    select
        conflict_key,
        min(scope_key) as scope_key
    from {{ ref('scope_definitions') }}
    where scope_key like 'talks_trilateral%'
    group by conflict_key
)

select
    paired.document_id,
    paired.clause_number,
    case when count(*) = 1 then min(paired.scope_key) else min(trilateral.scope_key) end as scope_key
from paired
left join trilateral
    on paired.conflict_key = trilateral.conflict_key
group by paired.document_id, paired.clause_number
