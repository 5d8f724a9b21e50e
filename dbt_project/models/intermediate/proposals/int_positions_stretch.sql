-- One row per position mention with the stretch it belongs to: mentions of one history in order of time, a new stretch
-- wherever the level is another or first told exactly. A truce of days is an episode of its own. Hopes and mentions without
-- a level stand beside the history and end nothing.
with

mentions as (
    select * from {{ ref('int_position_mentions_order') }}
),

keyed as (
    select
        *,
        case
            when modality in ('hopes') then 'hope'
            when cue_kind = 'episode' and is_levelled and not is_negative then 'episode'
            when not is_levelled then modality
            else 'levelled'
        end as track
    from mentions
),

compared as (
    select
        *,
        lag(level) over history as last_level,
        lag(level_min) over history as last_level_min,
        lag(level_max) over history as last_level_max,
        lag(order_date) over history as last_order_date,
        lag(position_mention_id) over history as last_mention_id,
        lag(scope_key) over family as last_family_scope_key,
        lag(level_min) over family as last_family_level_min,
        lag(level_max) over family as last_family_level_max,
        lag(position_mention_id) over (
            partition by
                collection_key,
                conflict_key,
                actor_key,
                issue_key,
                scope_key,
                voice,
                track,
                level,
                level_min = level_max
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
        ) as last_alike_mention_id,
        max(case when modality = 'accepts' then order_date end) over (
            partition by collection_key, conflict_key, actor_key, issue_key, scope_key, voice, track
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
            rows between unbounded preceding and 1 preceding
        ) as last_accepted_date
    from keyed
    window
        history as (
            partition by collection_key, conflict_key, actor_key, issue_key, scope_key, voice, track
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
        ),
        family as (
            partition by collection_key, conflict_key, actor_key, issue_key, family_key, voice, track
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
        )
),

marked as (
    select
        *,
        case
            when last_mention_id is null then 1
            when track = 'episode' then case when date_diff('day', last_order_date, order_date) > 5 then 1 else 0 end
            when track != 'levelled' then 0
            -- the first time somebody accepts what another proposed is a move, though the level stays
            when modality = 'accepts' and not is_background and last_accepted_date is null then 1
            -- between two mentions of one scope another of its family was told the other way
            when
                last_family_scope_key != scope_key
                and not is_background
                and (last_family_level_max < level_min or last_family_level_min > level_max)
                then 1
            -- what was left open by two levels or more is told exactly for the first time
            when
                level_min = level_max
                and not is_background
                and last_level_max - last_level_min >= 2
                and level between last_level_min and last_level_max
                and last_alike_mention_id is null
                then 1
            when level is null or last_level is null
                then
                    case
                        when
                            coalesce(level, level_max) >= last_level_min
                            and coalesce(level, level_min) <= last_level_max
                            then 0
                        else 1
                    end
            when level = last_level then 0
            when level between last_level_min and last_level_max or last_level between level_min and level_max then 0
            else 1
        end as is_opening
    from compared
),

numbered as (
    select
        *,
        sum(is_opening) over (
            partition by collection_key, conflict_key, actor_key, issue_key, scope_key, voice, track
            order by
                order_date,
                is_background desc,
                published_at,
                document_id,
                specificity_rank,
                char_start,
                position_mention_id
            rows unbounded preceding
        ) as stretch_number
    from marked
)

select * from numbered
