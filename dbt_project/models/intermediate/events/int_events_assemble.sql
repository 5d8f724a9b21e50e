-- One row per event: its latest status, its finest date, its first place, and how well it is reported.
with

merged as (
    select * from {{ ref('int_events_merge') }}
),

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

statuses as (
    select * from {{ ref('int_event_statuses_order') }}
    where recency = 1
),

dates as (
    select * from {{ ref('int_event_dates_resolve') }}
),

places as (
    select * from {{ ref('int_event_places_resolve') }}
),

chains as (
    select * from {{ ref('int_event_roots_count') }}
),

parents as (
    select * from {{ ref('int_event_parents_find') }}
),

full_rows as (
    select
        merged.*,
        mentions.rule_key,
        mentions.act_code,
        mentions.cameo_code,
        mentions.plover_mode,
        dates.date_text,
        dates.date_anchor
    from merged
    inner join mentions
        on
            merged.document_id = mentions.document_id
            and merged.clause_number = mentions.clause_number
    inner join dates
        on
            merged.document_id = dates.document_id
            and merged.clause_number = dates.clause_number
),

-- the mention with the finest date, after a postponement of the new one; of bare reports the earliest bounds the day
dated as (
    select distinct on (event_id) *
    from full_rows
    order by
        event_id, leg desc, is_reference, fineness, window_to - window_from,
        if(fineness >= 7, coalesce(to_date, date '9999-12-31'), date '0001-01-01'),
        published_at asc nulls last, document_id, trigger_start
),

placed as (
    select distinct on (full_rows.event_id)
        full_rows.event_id,
        places.place_name,
        places.country_iso3,
        places.latitude,
        places.longitude
    from full_rows
    inner join places
        on
            full_rows.document_id = places.document_id
            and full_rows.clause_number = places.clause_number
    order by full_rows.event_id, full_rows.published_at asc nulls last, full_rows.document_id, full_rows.trigger_start
),

final as (
    select
        dated.event_id,
        dated.collection_key,
        dated.event_type,
        dated.rule_key,
        dated.act_code,
        dated.cameo_code as mention_cameo_code,
        coalesce(statuses.status, dated.status) as status,
        coalesce(statuses.published_date, dated.published_date) as status_as_of_date,
        dated.from_date,
        dated.to_date,
        dated.date_precision,
        dated.date_text,
        dated.date_anchor,
        placed.place_name,
        placed.country_iso3,
        placed.latitude,
        placed.longitude,
        parents.parent_event_id,
        chains.* exclude (event_id)
    from dated
    inner join chains on dated.event_id = chains.event_id
    left join statuses on dated.event_id = statuses.event_id
    left join placed on dated.event_id = placed.event_id
    left join parents on dated.event_id = parents.event_id
)

select * from final
