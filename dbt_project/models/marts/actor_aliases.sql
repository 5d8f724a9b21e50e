with

aliases as (
    select * from {{ ref('int_aliases_known') }}
),

actors as (
    select * from {{ ref('int_actors_known') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

discovered as (
    select * from {{ ref('int_actors_collect') }}
    where is_discovered and actor_type != 'anonymous_source'
),

final as (
    select
        aliases.alias,
        actors.actor_id,
        aliases.alias_type,
        aliases.needs_context,
        aliases.valid_from_date,
        aliases.valid_to_date
    from aliases
    inner join actors
        on aliases.actor_key = actors.actor_key
    union
    select
        mentions.surface,
        mentions.actor_id,
        case mentions.mention_type when 'role' then 'role' when 'demonym' then 'demonym' else 'name' end,
        mentions.surface not like '% %',
        cast(null as date),
        cast(null as date)
    from mentions
    inner join discovered
        on mentions.actor_id = discovered.actor_id
    anti join reserved on mentions.document_id = reserved.document_id
    where mentions.mention_type in ('name', 'demonym', 'role')
)

select distinct on (alias, actor_id, alias_type) * from final
order by alias, actor_id, alias_type, needs_context
