-- Organisations and armed groups that no seed knows: one row per collection and name. A name is one by the noun it is built
-- on ('… Front', '… Council'), as an acronym, or by what it does: it has a spokesman, or something is attributed to it.
-- An acronym in brackets behind a full name means the same: 'National Front of Sundia (NFS)'.
{% set acronym = "'^ ?\\(([A-Z][A-Za-z]{1,7})\\)'" %}
with

entities as (
    select * from {{ ref('int_entities_collect') }}
),

matched as (
    select * from {{ ref('int_entities_match') }}
),

states as (
    select * from {{ ref('int_states_discover') }}
),

weights as (
    select * from {{ ref('int_names_weigh') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
    where is_latest_version
),

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where mention_type = 'name'
),

unknown as (
    select
        mentions.collection_key,
        mentions.document_id,
        mentions.name_key,
        mentions.entity_name,
        mentions.char_end,
        mentions.surface,
        coalesce(entities.is_only_place, false) as is_only_place
    from mentions
    inner join entities
        on mentions.document_id = entities.document_id and mentions.entity_number = entities.entity_number
    anti join matched
        on mentions.document_id = matched.document_id and mentions.entity_number = matched.entity_number
    anti join states
        on mentions.collection_key = states.collection_key and mentions.name_key = states.name_key
    where not entities.is_person and length(mentions.name_key) > 1 and {{ slug('mentions.name_key') }} != ''
),

acronyms as (
    select
        unknown.collection_key,
        lower(regexp_extract(substr(documents.body, unknown.char_end + 1, 12), {{ acronym }}, 1)) as acronym,
        min(unknown.name_key) as name_key
    from unknown
    inner join documents on unknown.document_id = documents.document_id
    where
        unknown.name_key like '% %'
        and regexp_matches(substr(documents.body, unknown.char_end + 1, 12), {{ acronym }})
    group by all
    having count(distinct unknown.name_key) = 1
),

bodies as (
    select
        unknown.collection_key,
        unknown.name_key,
        coalesce(
            mode(unknown.entity_name order by unknown.entity_name), mode(unknown.surface order by unknown.surface)
        ) as name,
        bool_and(unknown.is_only_place) as is_only_place,
        bool_or(regexp_matches(unknown.surface, '^[A-Z]{3,6}$')) as is_acronym
    from unknown
    group by unknown.collection_key, unknown.name_key
),

accepted as (
    select
        bodies.collection_key,
        bodies.name_key,
        bodies.name
    from bodies
    inner join weights
        on bodies.collection_key = weights.collection_key and bodies.name_key = weights.name_key
    where
        not bodies.is_only_place
        and not weights.is_known_place
        and (
            (weights.is_several_words and regexp_matches(bodies.name_key, '{{ var("body_words") }}'))
            or (
                weights.label in ('ORG', '') and not (weights.ends_small and not weights.is_several_words)
                and (
                    weights.owns_office
                    or weights.is_source
                    or (weights.is_subject and (bodies.is_acronym or weights.is_several_words))
                    or (weights.is_subject and weights.mention_count > 2)
                )
            )
        )
),

together as (
    select
        collection_key,
        name_key,
        name_key as full_key,
        name
    from accepted
    anti join acronyms on accepted.collection_key = acronyms.collection_key and accepted.name_key = acronyms.acronym
    union all
    select
        acronyms.collection_key,
        acronyms.acronym as name_key,
        acronyms.name_key as full_key,
        accepted.name
    from acronyms
    inner join accepted
        on acronyms.collection_key = accepted.collection_key and acronyms.name_key = accepted.name_key
),

final as (
    select
        collection_key,
        name_key,
        name,
        if(regexp_matches(full_key, '{{ var("armed_words") }}'), 'group:', 'org:')
        || {{ slug('full_key') }} as actor_key,
        case
            when regexp_matches(full_key, '{{ var("armed_words") }}') then 'armed_group'
            when regexp_matches(full_key, '(party|democrats|liberals)$') then 'party'
            when
                regexp_matches(
                    full_key, '(ministry|council|parliament|assembly|government|agency|office|commission|court)$'
                )
                then 'government_body'
            else 'collective'
        end as actor_type
    from together
)

select * from final
