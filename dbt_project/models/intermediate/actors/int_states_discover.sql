-- Words that mean a state no seed knows: one row per collection and word: its name, its formal name, its adjectives, and
-- its capital where a text says that it is one ("Lorvia's capital, Dresk").
{% set capital = "([A-Z][\\w-]+)" %}
with

states as (
    select * from {{ ref('int_state_names_discover') }}
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

words as (
    select distinct
        collection_key,
        name_key,
        surface
    from mentions
    where mention_type in ('name', 'demonym')
    union
    select distinct
        mentions.collection_key,
        {{ name_key('trim(part)') }} as name_key,
        trim(part) as surface
    from mentions,
        unnest(string_split_regex(coalesce(mentions.role_of_text, mentions.modifier_text), '(, and | and |, )'))
            as t (part)
),

called as (
    select distinct
        states.collection_key,
        states.name_key as state_name_key,
        words.name_key,
        words.surface,
        case
            when words.name_key = states.name_key or words.name_key like '% of ' || states.name_key then 'name'
            else 'demonym'
        end as alias_type
    from states
    inner join words
        on
            states.collection_key = words.collection_key
            and (
                words.name_key = states.name_key
                or regexp_matches(
                    words.name_key, '(republic|kingdom|emirate|sultanate|federation) of ' || states.name_key || '$'
                )
                or (
                    substr(words.name_key, 1, 3) = substr(states.name_key, 1, 3)
                    and {{ is_demonym_of('words.name_key', 'states.name_key') }}
                )
            )
),

told as (
    select
        called.collection_key,
        called.state_name_key,
        unnest([
            regexp_extract(documents.body, called.surface || '(?:[''’]s)?,? capital,? (?:of )?{{ capital }}', 1),
            regexp_extract(
                documents.body,
                '{{ capital }}, (?:the )?(?:capital of ' || called.surface || '|' || called.surface
                || '(?:[''’]s)? capital)', 1
            )
        ]) as capital
    from called
    inner join documents on called.collection_key = documents.collection_key
    where
        contains(documents.body, 'capital')
        and regexp_matches(
            documents.body, 'capital of ' || called.surface || '|' || called.surface || '(?:[''’]s)? capital'
        )
),

capitals as (
    select distinct
        told.collection_key,
        told.state_name_key,
        {{ name_key('told.capital') }} as name_key
    from told
    where told.capital != ''
),

together as (
    select
        collection_key,
        state_name_key,
        name_key,
        alias_type
    from called
    union
    select
        collection_key,
        state_name_key,
        name_key,
        'metonym' as alias_type
    from capitals
),

named as (
    select
        collection_key,
        state_name_key,
        mode(surface order by surface) as name
    from called
    where name_key = state_name_key
    group by collection_key, state_name_key
),

final as (
    select
        together.collection_key,
        together.name_key,
        'state:' || {{ slug('together.state_name_key') }} as actor_key,
        coalesce(named.name, upper(together.state_name_key[1]) || together.state_name_key[2:]) as name,
        min(together.alias_type) as alias_type
    from together
    left join named
        on together.collection_key = named.collection_key and together.state_name_key = named.state_name_key
    group by together.collection_key, together.name_key, together.state_name_key, named.name
    -- an adjective that fits two states means neither
    qualify count(*) over (partition by together.collection_key, together.name_key) = 1
)

select * from final
