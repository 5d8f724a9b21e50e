-- One row per reaction and position it answers: a report on the actor's own position in the same text, or, up to a
-- fortnight later, one on the issue that the reacting clause itself names.
with

reactions as (
    select * from {{ ref('int_reactions_mark') }}
),

positions as (
    select * from {{ ref('int_positions_collect') }}
),

mentions as (
    select * from {{ ref('int_positions_stretch') }}
),

issues_below as (
    select distinct
        paths.document_id,
        paths.clause_number,
        matches.issue_key
    from {{ ref('int_clause_paths_climb') }} as paths
    inner join {{ ref('int_issue_matches_find') }} as matches
        on
            paths.document_id = matches.document_id
            and paths.origin_number = matches.clause_number
),

own_reports as (
    select distinct
        positions.position_id,
        positions.collection_key,
        positions.actor_key,
        positions.issue_key,
        positions.last_reported_at,
        positions.known_from_at,
        mentions.document_id
    from positions
    inner join mentions
        on
            positions.collection_key = mentions.collection_key
            and positions.actor_key = mentions.actor_key
            and positions.issue_key = mentions.issue_key
            and positions.scope_key = mentions.scope_key
            and positions.voice = mentions.voice
            and positions.track = mentions.track
            and positions.stretch_number = mentions.stretch_number
    where positions.voice in ('reported_private', 'attributed_by_other')
)

select distinct on (reactions.document_id, reactions.clause_number, own_reports.position_id)
    own_reports.position_id,
    reactions.actor_key,
    reactions.reaction,
    reactions.reaction_date,
    reactions.statement_id,
    reactions.chain_id,
    reactions.document_id,
    reactions.char_start,
    reactions.char_end
from reactions
inner join own_reports
    on
        reactions.collection_key = own_reports.collection_key
        and reactions.actor_key = own_reports.actor_key
left join issues_below
    on
        reactions.document_id = issues_below.document_id
        and reactions.clause_number = issues_below.clause_number
where
    reactions.reaction not in ('welcomed', 'rejected')
    and (
        (
            reactions.document_id = own_reports.document_id
            and (reactions.reaction != 'confirmed' or issues_below.issue_key = own_reports.issue_key)
        )
        or (
            issues_below.issue_key = own_reports.issue_key
            and reactions.published_at >= own_reports.known_from_at
            and date_diff('day', own_reports.known_from_at, reactions.published_at) <= 14
        )
    )
order by reactions.document_id, reactions.clause_number, own_reports.position_id, reactions.reaction
