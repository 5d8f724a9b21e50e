-- One row per matched clause of a conflict that no seed knows, with the place it names: its scope by name.
with

matches as (
    select distinct
        matches.document_id,
        matches.clause_number
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('stg_language__clauses') }} as clauses
        on
            matches.document_id = clauses.document_id
            and matches.clause_number = clauses.clause_number
    left join {{ ref('int_sentence_conflicts_choose') }} as detected
        on
            matches.document_id = detected.document_id
            and clauses.sentence_number = detected.sentence_number
    where detected.conflict_key is null
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select * from {{ ref('stg_language__mentions') }}
)

select distinct on (matches.document_id, matches.clause_number)
    matches.document_id,
    matches.clause_number,
    coalesce(mentions.entity_name, mentions.surface) as scope_name,
    'place:'
    || regexp_replace(lower(coalesce(mentions.name_key, mentions.surface)), '[^a-z0-9]+', '_', 'g') as scope_key
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
    mentions.label in ('GPE', 'LOC', 'FAC')
    and arguments.role in ('oblique', 'object')
    and (mentions.is_place or arguments.role = 'object')
    and not arguments.is_shared
order by matches.document_id, matches.clause_number, arguments.argument_number
