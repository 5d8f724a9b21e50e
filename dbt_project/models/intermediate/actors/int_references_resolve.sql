-- Whom the words in front of or behind an office or group name: 'Trump' in 'Trump's envoy', 'US and European' in 'US and
-- European officials'. One row per document, text and actor; a text with two names has two rows.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

named as (
    select * from {{ ref('int_entities_name') }}
),

aliases as (
    select * from {{ ref('int_aliases_known') }}
),

states as (
    select * from {{ ref('int_states_discover') }}
),

texts as (
    select distinct
        collection_key,
        document_id,
        reference_text
    from mentions,
        unnest([role_of_text, role_topic_text, modifier_text]) as t (reference_text)
    where reference_text is not null
),

parts as (
    select
        collection_key,
        document_id,
        reference_text,
        {{ name_key('trim(part)') }} as name_key
    from texts,
        unnest(string_split_regex(reference_text, '(, and | and |, |/|–|-)')) as t (part)
),

in_document as (
    select
        mentions.document_id,
        mentions.name_key,
        min(named.actor_key) as actor_key
    from mentions
    inner join named
        on mentions.document_id = named.document_id and mentions.entity_number = named.entity_number
    where mentions.mention_type in ('name', 'demonym')
    group by all
),

in_seeds as (
    select
        name_key,
        min(actor_key) as actor_key
    from aliases
    where not needs_context or alias_type = 'metonym'
    group by name_key
),

final as (
    select distinct
        parts.document_id,
        parts.reference_text,
        coalesce(in_document.actor_key, in_seeds.actor_key, states.actor_key) as actor_key
    from parts
    left join in_document
        on parts.document_id = in_document.document_id and parts.name_key = in_document.name_key
    left join in_seeds
        on parts.name_key = in_seeds.name_key
    left join states
        on parts.collection_key = states.collection_key and parts.name_key = states.name_key
    where coalesce(in_document.actor_key, in_seeds.actor_key, states.actor_key) is not null
)

select * from final
