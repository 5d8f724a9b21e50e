with

events as (
    select * from {{ ref('int_events_code') }}
),

cameo as (
    select * from {{ ref('cameo') }}
),

roots as (
    select * from {{ ref('event_roots') }}
),

titles as (
    select * from {{ ref('int_event_titles_write') }}
),

conflicts as (
    select * from {{ ref('int_event_conflicts_choose') }}
),

final as (
    select
        events.event_id,
        events.collection_key,
        conflicts.conflict_key,
        events.event_type,
        titles.title,
        coalesce(acts.plover_event, roots.plover_event) as plover_event,
        acts.plover_mode,
        events.act_code,
        events.cameo_code,
        substr(events.cameo_code, 1, 2) as cameo_root,
        cast(codes.quad_class as integer) as quad_class,
        cast(codes.goldstein as double) as goldstein,
        events.status,
        events.status_as_of_date,
        cast(events.from_date as date) as from_date,
        cast(events.to_date as date) as to_date,
        events.date_precision,
        events.date_text,
        events.date_anchor,
        events.place_name,
        events.country_iso3,
        cast(events.latitude as double) as latitude,
        cast(events.longitude as double) as longitude,
        events.parent_event_id,
        events.best_grade,
        cast(events.document_count as bigint) as document_count,
        cast(events.story_count as bigint) as story_count,
        cast(events.root_count as bigint) as root_count,
        cast(events.first_reported_at as timestamp) as first_reported_at,
        cast(events.last_reported_at as timestamp) as last_reported_at
    from events
    left join cameo as acts on events.act_code = acts.cameo_code
    left join cameo as codes on events.cameo_code = codes.cameo_code
    left join roots on substr(events.act_code, 1, 2) = roots.cameo_root
    left join titles on events.event_id = titles.event_id
    left join conflicts on events.event_id = conflicts.event_id
)

select * from final
