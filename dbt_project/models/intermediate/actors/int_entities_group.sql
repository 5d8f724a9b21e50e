{% set office %}principal.principal_key || ' ' || first_mention.role_noun
|| coalesce(' ' || first_mention.role_topic_text, ''){% endset %}
-- Groups, bodies, unnamed sources and offices whose holder is not known: the actor of every other cluster that has one.
-- 'Ukrainian officials' is a group of its principal, 'the Sudanese government' the state itself; an unnamed source is an
-- actor of its own in each document and never meets one of another document.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type in ('nominal', 'role') and entity_number is not null
),

named as (
    select
        document_id,
        entity_number
    from {{ ref('int_entities_name') }}
    union all
    select
        document_id,
        entity_number
    from {{ ref('int_entities_person') }}
    union all
    select
        document_id,
        entity_number
    from {{ ref('int_entities_hold') }}
),

refs as (
    select * from {{ ref('int_owners_resolve') }}
),

group_nouns as (
    select * from {{ ref('group_nouns') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

kin as (
    select distinct role_noun from {{ ref('role_nouns') }}
    where rank in ('kin', 'anyone')
),

first_mention as (
    select mentions.*
    from mentions
    left join named
        on mentions.document_id = named.document_id and mentions.entity_number = named.entity_number
    where
        named.entity_number is null
        and coalesce(mentions.role_noun not in (select role_noun from kin), true)
    qualify row_number() over (
        partition by mentions.document_id, mentions.entity_number
        order by
            mentions.is_anonymous desc,
            coalesce(mentions.modifier_text, mentions.role_of_text) is null,
            mentions.char_start
    ) = 1
),

principals as (
    select
        first_mention.document_id,
        first_mention.entity_number,
        refs.principal_key
    from first_mention
    inner join refs
        on
            first_mention.document_id = refs.document_id
            and coalesce(first_mention.modifier_text, first_mention.role_of_text) = refs.reference_text
),

principal as (
    select
        document_id,
        entity_number,
        count(distinct principal_key) as principal_count,
        coalesce(max(principal_key) filter (where principal_key not like 'group:%'), max(principal_key))
            as principal_key
    from principals
    group by all
),

final as (
    select
        first_mention.collection_key,
        first_mention.document_id,
        first_mention.entity_number,
        case when reserved.document_id is null then first_mention.surface end as name,
        principal.principal_key as first_principal_key,
        case when principal.principal_count = 1 then principal.principal_key end as principal_key,
        case
            when first_mention.is_anonymous
                then
                    'anon:' || if(
                        reserved.document_id is null,
                        replace(left({{ slug("first_mention.surface") }}, 40), '-', '_'),
                        'unnamed'
                    ) || '_'
                    || substr(md5(first_mention.document_id || '|' || first_mention.char_start), 1, 8)
            when
                first_mention.role_noun is not null
                and first_mention.number = 'singular'
                and first_mention.mention_type = 'role'
                then case
                    when principal.principal_key is not null
                        then
                            'person:'
                            || {{ slug(office) }}
                end
            when
                group_nouns.kind = 'government'
                and group_nouns.group_suffix in (
                    'government', 'authorities', 'leadership', 'presidency', 'state', 'side'
                )
                and principal.principal_count = 1 then principal.principal_key
            when
                principal.principal_key is not null
                and (group_nouns.noun is not null or first_mention.mention_type = 'nominal')
                then
                    'group:' || {{ slug(principal_stem('principal.principal_key')) }} || '_'
                    || coalesce(group_nouns.group_suffix, replace(first_mention.role_noun, ' ', '_'))
        end as actor_key,
        case
            when first_mention.is_anonymous then 'anonymous_source'
            when first_mention.mention_type = 'role' then 'person'
            when group_nouns.kind = 'government' then 'government_body'
            else 'collective'
        end as actor_type,
        case
            when first_mention.is_anonymous then 'anonymous' when
                first_mention.mention_type = 'role'
                then 'office'
            else 'group'
        end as rule
    from first_mention
    left join principal
        on first_mention.document_id = principal.document_id and first_mention.entity_number = principal.entity_number
    left join group_nouns
        on first_mention.head_lemma = group_nouns.noun
    left join reserved
        on first_mention.document_id = reserved.document_id
)

select * from final
where actor_key is not null
