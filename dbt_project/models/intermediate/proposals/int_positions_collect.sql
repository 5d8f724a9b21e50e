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
        family_key,
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
    group by collection_key, conflict_key, actor_key, issue_key, scope_key, family_key, voice, track, stretch_number
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
),

-- a levelled position ends where its history takes another level, in its own scope or in its family; what stands beside a
-- history (a refusal without a level, a truce of days) is past once the history tells a level after it
levelled as (
    select * from opened
    where track = 'levelled'
),

ended as (
    select
        opened.opening_mention_id,
        min(later.order_date) as next_order_date,
        min(later.known_from_at) as next_known_at
    from opened
    inner join levelled as later
        on
            opened.collection_key = later.collection_key
            and opened.conflict_key is not distinct from later.conflict_key
            and opened.actor_key = later.actor_key
            and opened.issue_key = later.issue_key
            and opened.family_key = later.family_key
            and opened.voice = later.voice
            and opened.opening_mention_id != later.opening_mention_id
            and case
                when opened.track != 'levelled'
                    then opened.scope_key = later.scope_key and later.last_order_date >= opened.order_date
                when opened.scope_key = later.scope_key then later.stretch_number > opened.stretch_number
                else
                    later.order_date > opened.order_date
                    and (later.level_max < opened.level_min or later.level_min > opened.level_max)
            end
    group by opened.opening_mention_id
)

select
    {{ hash_id(['collection_key', 'actor_key', 'issue_key', 'scope_key', 'voice', 'track', 'document_id', 'char_start', 'level']) }}  -- noqa: LT05
        as position_id,
    opened.*,
    ended.next_order_date,
    ended.next_known_at,
    ended.opening_mention_id is null
    and track != 'hope'
    and row_number() over (
        partition by
            collection_key, conflict_key, actor_key, issue_key, scope_key, voice, ended.opening_mention_id is null
        order by track = 'levelled' desc, last_order_date desc, stretch_number desc, track
    ) = 1 as is_current
from opened
left join ended
    on opened.opening_mention_id = ended.opening_mention_id
