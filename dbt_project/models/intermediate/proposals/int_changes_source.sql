-- One row per change with who reported it first, through which outlet, how the party reacted and how firmly it is known.
with

changes as (
    select * from {{ ref('int_changes_direct') }}
),

mentions as (
    select * from {{ ref('int_positions_stretch') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

sources as (
    select * from {{ ref('int_chain_sources_read') }}
),

hedges as (
    select * from {{ ref('int_position_hedges_list') }}
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

reactions as (
    select * from {{ ref('int_reactions_match') }}
),

own as (
    select
        changes.position_id,
        mentions.position_mention_id,
        mentions.document_id,
        mentions.published_at,
        mentions.char_start,
        mentions.grade,
        mentions.chain_id,
        mentions.root_kind,
        mentions.epistemic_status,
        documents.publisher_key,
        case when reserved.document_id is null then sources.source_text end as source_text,
        case
            when mentions.root_kind = 'named_outlet' and mentions.root_key like 'outlet:%' then mentions.root_key else
                sources.origin_outlet
        end as origin_outlet,
        hedges.hedges
    from changes
    inner join mentions
        on
            changes.collection_key = mentions.collection_key
            and changes.actor_key = mentions.actor_key
            and changes.issue_key = mentions.issue_key
            and changes.scope_key = mentions.scope_key
            and changes.voice = mentions.voice
            and changes.track = mentions.track
            and changes.stretch_number = mentions.stretch_number
            and not mentions.is_background
    inner join documents
        on mentions.document_id = documents.document_id
    left join sources
        on mentions.chain_id = sources.chain_id
    left join hedges
        on mentions.position_mention_id = hedges.position_mention_id
    left join reserved
        on mentions.document_id = reserved.document_id
),

words as (
    select distinct
        position_id,
        unnest(string_split(hedges, '; ')) as hedge
    from own
    where hedges is not null
),

hedged as (
    select
        position_id,
        string_agg(hedge, '; ' order by hedge) as hedges
    from words
    group by position_id
),

reported as (
    select
        position_id,
        first(publisher_key order by published_at, document_id, char_start) as reported_by,
        first(origin_outlet order by origin_outlet is null, published_at, document_id, char_start) as origin_outlet,
        first(source_text order by grade, source_text is null, published_at, document_id, char_start) as source_text,
        first(root_kind order by grade, published_at, document_id, char_start) as root_kind,
        first(epistemic_status order by grade, published_at, document_id, char_start) as best_status,
        first(chain_id order by grade, published_at, document_id, char_start) as best_chain_id
    from own
    group by position_id
),

reacted as (
    select
        position_id,
        first(
            reaction
            order by case reaction when 'denied' then 1 when 'confirmed' then 2 when 'non_denial' then 3 else 4 end
        ) as reaction
    from reactions
    group by position_id
)

select
    changes.*,
    reported.reported_by,
    reported.origin_outlet,
    reported.source_text,
    reported.best_chain_id,
    reported.root_kind,
    hedged.hedges,
    case
        when reacted.reaction = 'denied' and changes.best_grade in ('D', 'E') then 'denied'
        when reacted.reaction in ('denied', 'non_denial') then 'contested'
        when reacted.reaction = 'confirmed' then 'confirmed_by_party'
        else reported.best_status
    end as settled_status,
    case
        when reacted.reaction is not null then reacted.reaction
        when reported.best_status = 'confirmed_by_party' then 'confirmed'
        else 'silent'
    end as party_reaction
from changes
left join reported
    on changes.position_id = reported.position_id
left join hedged
    on changes.position_id = hedged.position_id
left join reacted
    on changes.position_id = reacted.position_id
