-- One row per change as published: with its label, its successor, and the sentence that reads it.
with

changes as (
    select * from {{ ref('int_changes_decide') }}
    where
        coalesce(decision, 'accept') != 'reject'
        and (doubt is null or decision = 'accept')
),

labels as (
    select * from {{ ref('int_change_labels_match') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

movers as (
    {{ actors_of('changes', 'actor_key') }}
),

closer as (
    {{ actors_of('changes', 'closer_to_key') }}
),

away as (
    {{ actors_of('changes', 'away_from_key') }}
),

origins as (
    {{ actors_of('changes', 'origin_outlet') }}
),

issues as (
    select * from {{ ref('issue_definitions') }}
),

scale as (
    select * from {{ ref('issue_levels') }}
),

scopes as (
    select * from {{ ref('scope_definitions') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

named as (
    select
        changes.* exclude (position_text, from_text, condition_text),
        case when reserved.document_id is null then changes.position_text end as position_text,
        case when reserved_before.document_id is null then changes.from_text end as from_text,
        case when reserved.document_id is null then changes.condition_text end as condition_text,
        changes.condition_text is not null as is_conditional,
        labels.claimed_label,
        case when reserved_label.document_id is null then labels.claimed_by end as claimed_by,
        movers.actor_id,
        coalesce(movers.name, changes.actor_key) as actor_name,
        closer.actor_id as closer_to_actor_id,
        coalesce(closer.name, changes.closer_to_key) as closer_name,
        away.actor_id as away_from_actor_id,
        coalesce(away.name, changes.away_from_key) as away_name,
        lower(issues.name) as issue_name,
        scopes.name as scope_name,
        origins.name as origin_name,
        -- a person's own name is no source of what he is reported to have said in private
        case
            when changes.voice = 'reported_private' and changes.root_kind = 'named_outlet' then null else
                changes.source_text
        end as source_words,
        coalesce({{ level_in_sentence('to_scale.description') }}, 'a level the text leaves open') as to_words,
        {{ level_in_sentence('from_scale.description') }} as from_words,
        lead(changes.change_id) over (
            partition by
                changes.collection_key,
                changes.conflict_key,
                changes.actor_key,
                changes.issue_key,
                changes.scope_key,
                changes.voice
            order by changes.order_date, changes.first_reported_at, changes.stretch_number, changes.change_id
        ) as superseded_by_change_id
    from changes
    left join labels
        on changes.position_id = labels.position_id
    left join reserved
        on changes.document_id = reserved.document_id
    left join reserved as reserved_before
        on changes.from_document_id = reserved_before.document_id
    left join reserved as reserved_label
        on labels.document_id = reserved_label.document_id
    left join movers
        on
            changes.actor_key = movers.actor_key
            and changes.collection_key = movers.of_collection_key
    left join closer
        on
            changes.closer_to_key = closer.actor_key
            and changes.collection_key = closer.of_collection_key
    left join away
        on
            changes.away_from_key = away.actor_key
            and changes.collection_key = away.of_collection_key
    left join origins
        on
            changes.origin_outlet = origins.actor_key
            and changes.collection_key = origins.of_collection_key
    left join issues
        on changes.issue_key = issues.issue_key
    left join scopes
        on changes.scope_key = scopes.scope_key
    left join scale as to_scale
        on
            changes.issue_key = to_scale.issue_key
            and changes.level = to_scale.level
    left join scale as from_scale
        on
            changes.issue_key = from_scale.issue_key
            and changes.from_level = from_scale.level
),

final as (
    select
        *,
        {{ change_reading() }} as reading
    from named
)

select * from final
