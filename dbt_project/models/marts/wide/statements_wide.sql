with

statements as (
    select * from {{ ref('statements') }}
),

documents as (
    select * from {{ ref('documents') }}
),

outlets as (
    select * from {{ ref('outlets') }}
),

chains as (
    select * from {{ ref('source_chains') }}
),

actors as (
    {{ one_per_actor() }}
),

issues as (
    select
        links.statement_id,
        count(distinct links.issue_key) as issue_count,
        string_agg(distinct links.issue_key, '; ' order by links.issue_key) as issue_keys,
        string_agg(distinct names.name, '; ' order by names.name) as issue_names
    from {{ ref('statement_issues') }} as links
    left join {{ ref('issues') }} as names on links.issue_key = names.issue_key
    group by links.statement_id
),

final as (
    select
        statements.statement_id,
        statements.utterance_id,
        statements.text,
        statements.quote_type,
        statements.attribution_kind,
        statements.speech_act,
        statements.medium,
        statements.cue,
        statements.is_named,
        statements.speaker_text,
        statements.speaker_actor_id,
        speakers.actor_key as speaker_key,
        speakers.name as speaker_name,
        speakers.actor_type as speaker_type,
        speakers.sector as speaker_sector,
        speakers.country_iso3 as speaker_country_iso3,
        statements.on_behalf_of_actor_id,
        principals.actor_key as on_behalf_of_key,
        principals.name as on_behalf_of_name,
        statements.addressee_actor_id,
        addressees.actor_key as addressee_key,
        addressees.name as addressee_name,
        issues.issue_keys,
        issues.issue_names,
        cast(coalesce(issues.issue_count, 0) as bigint) as issue_count,
        statements.said_from_date,
        statements.said_to_date,
        statements.said_precision,
        statements.chain_id,
        chains.grade,
        chains.root_kind,
        chains.root_key,
        cast(chains.depth as integer) as chain_depth,
        statements.document_id,
        statements.char_start,
        statements.char_end,
        documents.url as document_url,
        documents.title as document_title,
        documents.outlet_key,
        outlets.name as outlet_name,
        outlets.country_iso3 as outlet_country_iso3,
        documents.story_id,
        documents.is_story_origin,
        documents.is_latest_version,
        documents.published_date,
        statements.published_at
    from statements
    left join documents on statements.document_id = documents.document_id
    left join outlets on documents.outlet_key = outlets.outlet_key
    left join chains on statements.chain_id = chains.chain_id
    left join actors as speakers on statements.speaker_actor_id = speakers.actor_id
    left join actors as principals on statements.on_behalf_of_actor_id = principals.actor_id
    left join actors as addressees on statements.addressee_actor_id = addressees.actor_id
    left join issues on statements.statement_id = issues.statement_id
)

select * from final
