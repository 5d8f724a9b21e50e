with

changes as (
    select * from {{ ref('proposal_changes') }}
),

conflicts as (
    select * from {{ ref('conflicts') }}
),

issues as (
    select * from {{ ref('issues') }}
),

scopes as (
    select * from {{ ref('scopes') }}
),

scale as (
    select * from {{ ref('issue_scale') }}
),

outlets as (
    select * from {{ ref('outlets') }}
),

chains as (
    select * from {{ ref('source_chains') }}
),

actors as (
    {{ one_per_actor() }}
),

quoted as (
    select
        evidence.fact_id,
        evidence.document_id,
        evidence.char_start,
        evidence.char_end,
        evidence.text,
        documents.url
    from {{ ref('evidence') }} as evidence
    inner join {{ ref('documents') }} as documents on evidence.document_id = documents.document_id
    where evidence.fact_table = 'proposal_changes'
    qualify row_number() over (
        partition by evidence.fact_id
        order by evidence.kind <> 'core', documents.published_at, evidence.document_id, evidence.char_start
    ) = 1
),

final as (
    select
        changes.change_id,
        changes.conflict_key,
        conflicts.name as conflict_name,
        changes.actor_id,
        actors.actor_key,
        actors.name as actor_name,
        actors.actor_type,
        changes.issue_key,
        issues.name as issue_name,
        changes.scope_key,
        scopes.name as scope_name,
        changes.compared_scope_key,
        changes.voice,
        changes.change_type,
        changes.from_text,
        changes.to_text,
        changes.from_level,
        from_scale.label as from_label,
        changes.to_level,
        to_scale.label as to_label,
        changes.level_delta,
        changes.is_conditional,
        changes.condition_text,
        changes.closer_to_actor_id,
        closer.name as closer_to_name,
        changes.away_from_actor_id,
        away.name as away_from_name,
        changes.basis,
        changes.epistemic_status,
        changes.party_reaction,
        changes.hedges,
        changes.best_grade,
        chains.root_kind,
        chains.root_key,
        changes.reported_by,
        reporters.name as reported_by_name,
        changes.origin_outlet,
        origins.name as origin_outlet_name,
        changes.source_text,
        changes.made_from_date,
        changes.made_to_date,
        changes.made_precision,
        coalesce(changes.made_to_date, changes.made_from_date, cast(changes.first_reported_at as date)) as chart_date,
        changes.first_reported_at,
        changes.last_reported_at,
        changes.document_count,
        changes.story_count,
        changes.root_count,
        cast(changes.document_count as double) / nullif(changes.root_count, 0) as echo_factor,
        changes.proposal_id,
        changes.superseded_by_change_id,
        changes.chain_id,
        quoted.document_id,
        quoted.char_start,
        quoted.char_end,
        quoted.text as quote_text,
        quoted.url as document_url,
        changes.reading
    from changes
    left join conflicts on changes.conflict_key = conflicts.conflict_key
    left join issues on changes.issue_key = issues.issue_key
    left join scopes on changes.scope_key = scopes.scope_key
    left join scale as from_scale
        on
            changes.issue_key = from_scale.issue_key
            and changes.from_level = from_scale.level
    left join scale as to_scale
        on
            changes.issue_key = to_scale.issue_key
            and changes.to_level = to_scale.level
    left join chains on changes.chain_id = chains.chain_id
    left join outlets as reporters on changes.reported_by = reporters.outlet_key
    left join outlets as origins on changes.origin_outlet = origins.outlet_key
    left join actors on changes.actor_id = actors.actor_id
    left join actors as closer on changes.closer_to_actor_id = closer.actor_id
    left join actors as away on changes.away_from_actor_id = away.actor_id
    left join quoted on changes.change_id = quoted.fact_id
)

select * from final
