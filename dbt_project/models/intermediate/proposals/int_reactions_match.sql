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

private_reports as (
    select * from positions
    where voice in ('reported_private', 'attributed_by_other')
),

-- of the same text
own_reports as (
    select
        reports.position_id,
        reactions.*
    from reactions
    inner join mentions
        on
            reactions.collection_key = mentions.collection_key
            and reactions.actor_key = mentions.actor_key
            and reactions.document_id = mentions.document_id
    inner join private_reports as reports
        on
            mentions.collection_key = reports.collection_key
            and mentions.actor_key = reports.actor_key
            and mentions.issue_key = reports.issue_key
            and mentions.scope_key = reports.scope_key
            and mentions.voice = reports.voice
            and mentions.track = reports.track
            and mentions.stretch_number = reports.stretch_number
    left join issues_below
        on
            reactions.document_id = issues_below.document_id
            and reactions.clause_number = issues_below.clause_number
            and reports.issue_key = issues_below.issue_key
    where reactions.reaction != 'confirmed' or issues_below.issue_key is not null
),

-- what is asked about within a fortnight lies in the same fortnight and a day, or in the one before
asked_about as (
    select
        reactions.*,
        issues_below.issue_key,
        unnest([0, 1]) + (cast(reactions.published_at as date) - date '0001-01-01') // 15 - 1 as stretch
    from reactions
    inner join issues_below
        on
            reactions.document_id = issues_below.document_id
            and reactions.clause_number = issues_below.clause_number
),

earlier_reports as (
    select
        reports.position_id,
        asked_about.* exclude (issue_key, stretch)
    from asked_about
    inner join private_reports as reports
        on
            asked_about.collection_key = reports.collection_key
            and asked_about.actor_key = reports.actor_key
            and asked_about.issue_key = reports.issue_key
            and asked_about.stretch = (cast(reports.known_from_at as date) - date '0001-01-01') // 15
    where
        asked_about.published_at >= reports.known_from_at
        and date_diff('day', reports.known_from_at, asked_about.published_at) <= 14
),

answered as (
    select * from own_reports
    union
    select * from earlier_reports
)

select distinct on (document_id, clause_number, position_id)
    position_id,
    actor_key,
    reaction,
    reaction_date,
    statement_id,
    chain_id,
    document_id,
    char_start,
    char_end
from answered
where reaction not in ('welcomed', 'rejected')
order by document_id, clause_number, position_id, reaction
