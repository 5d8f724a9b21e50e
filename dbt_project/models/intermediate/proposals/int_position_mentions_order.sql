-- One row per position mention with the day that orders it in its history. A mention of an old position stands at its
-- publication where a position like it was known by then, and at the beginning of the history where none was.
with

mentions as (
    select * from {{ ref('int_position_mentions_settle') }}
),

-- what each history tells as news: the day from which a level is known, and the first day of all
told as (
    select
        collection_key,
        actor_key,
        issue_key,
        scope_key,
        voice,
        level_min,
        level_max,
        min(coalesce(held_to_date, published_date)) as since_date
    from mentions
    where not is_background
    group by collection_key, actor_key, issue_key, scope_key, voice, level_min, level_max
),

-- a position like it was known by then, or it is retold long after others were: it is no beginning of the history
known as (
    select distinct retold.position_mention_id
    from mentions as retold
    inner join told
        on
            retold.collection_key = told.collection_key
            and retold.actor_key = told.actor_key
            and retold.issue_key = told.issue_key
            and retold.scope_key = told.scope_key
            and retold.voice = told.voice
    where
        retold.is_background
        and (
            (
                told.level_min <= retold.level_max
                and retold.level_min <= told.level_max
                and told.since_date <= coalesce(retold.published_date, told.since_date)
            )
            or date_diff('day', told.since_date, retold.published_date) > 30
        )
),

-- a status and its parts (neutral, in an alliance) are one history
families as (
    select
        scopes.scope_key,
        coalesce(parents.scope_key, scopes.scope_key) as family_key
    from {{ ref('scope_definitions') }} as scopes
    left join {{ ref('scope_definitions') }} as parents
        on
            scopes.parent_scope_key = parents.scope_key
            and parents.scope_kind = 'status'
),

final as (
    select
        mentions.*,
        coalesce(families.family_key, mentions.scope_key) as family_key,
        case
            when
                not mentions.is_background or mentions.held_precision = 'year'
                then coalesce(mentions.held_to_date, mentions.published_date, date '1900-01-01')
            when
                known.position_mention_id is not null
                then coalesce(mentions.published_date, date '1900-01-01')
            else date '1900-01-01'
        end as order_date,
        mentions.level is not null or mentions.level_min is not null as is_levelled,
        row_number() over (
            partition by
                mentions.document_id,
                mentions.actor_key,
                mentions.issue_key,
                mentions.scope_key,
                mentions.voice,
                mentions.level
            order by mentions.presupposed_level is null, mentions.char_start
        ) as specificity_rank
    from mentions
    left join families
        on mentions.scope_key = families.scope_key
    left join known
        on mentions.position_mention_id = known.position_mention_id
)

select * from final
