-- One row per stretch: the position as its opening mention voices it, with counts over all its mentions.
with

stretches as (
    select * from {{ ref('int_positions_stretch') }}
),

grouped as (
    select
        collection_key,
        conflict_key,
        actor_key,
        issue_key,
        scope_key,
        voice,
        track,
        stretch_number,
        first(
            position_mention_id
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
        ) as opening_mention_id,
        min(
            position_mention_id
            order by
                is_background, order_date, published_at, document_id, specificity_rank, char_start, position_mention_id
        ) as first_news_mention_id,
        count(*) - 1 as reaffirmation_count,
        count(distinct document_id) as document_count,
        count(distinct story_id) as story_count,
        count(distinct root_key) as root_count,
        min(grade) as best_grade,
        min(published_at) as known_from_at,
        min(published_at) filter (where not is_background) as first_reported_at,
        max(published_at) as last_reported_at,
        bool_and(is_background) as is_background_only,
        max(order_date) as last_order_date
    from stretches
    group by collection_key, conflict_key, actor_key, issue_key, scope_key, voice, track, stretch_number
),

opened as (
    select
        grouped.*,
        opening.position_text,
        opening.level,
        opening.level_min,
        opening.level_max,
        opening.modality,
        opening.condition_text,
        opening.document_id,
        opening.statement_id,
        opening.char_start,
        opening.char_end,
        opening.spoken_by_key,
        opening.chain_id,
        opening.epistemic_status,
        opening.held_from_date,
        opening.held_to_date,
        opening.held_precision,
        opening.order_date,
        opening.rule_key,
        opening.cue_kind,
        opening.background,
        opening.holder_pole,
        opening.clause_number,
        opening.presupposed_level,
        opening.subject_key,
        opening.speaker_key
    from grouped
    inner join stretches as opening
        on grouped.opening_mention_id = opening.position_mention_id
)

select
    {{ hash_id(['collection_key', 'actor_key', 'issue_key', 'scope_key', 'voice', 'track', 'document_id', 'char_start', 'level']) }}  -- noqa: LT05
        as position_id,
    *,
    case when track = 'levelled' then lead(order_date) over history end as next_order_date,
    case when track = 'levelled' then lead(known_from_at) over history end as next_known_at
from opened
window history as (
    partition by collection_key, conflict_key, actor_key, issue_key, scope_key, voice, track
    order by stretch_number
)
