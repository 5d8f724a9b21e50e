-- One row per attributed span of any version, with speaker, principal, addressee, utterance and chain.
with

attributions as (
    select * from {{ ref('stg_language__attributions') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

utterances as (
    select * from {{ ref('int_utterances_group') }}
),

chains as (
    select * from {{ ref('int_chains_resolve') }}
),

spoken as (
    select
        attributions.*,
        documents.collection_key,
        documents.published_at,
        documents.rights,
        documents.is_latest_version,
        substring(documents.body, attributions.char_start + 1, attributions.char_end - attributions.char_start) as text,
        substring(documents.body, attributions.source_start + 1, attributions.source_end - attributions.source_start)
            as speaker_text,
        substring(documents.body, attributions.cue_start + 1, attributions.cue_end - attributions.cue_start) as cue,
        {{ hash_id(["'statement'", 'attributions.document_id', 'attributions.char_start', 'attributions.char_end']) }}
            as statement_id,
        speakers.actor_id as speaker_actor_id,
        speakers.actor_key as speaker_actor_key,
        coalesce(
            speakers.on_behalf_key,
            speakers.principal_key,
            case when speakers.actor_type = 'state' then speakers.actor_key end
        ) as on_behalf_of_actor_key,
        speakers.actor_key is not null
        and not coalesce(speakers.is_anonymous, false)
        and speakers.actor_type != 'anonymous_source' as is_named,
        addressees.actor_id as addressee_actor_id,
        addressees.actor_key as addressee_actor_key
    from attributions
    inner join documents
        on attributions.document_id = documents.document_id
    left join mentions as speakers
        on
            attributions.document_id = speakers.document_id
            and attributions.source_mention_number = speakers.mention_number
    left join mentions as addressees
        on
            attributions.document_id = addressees.document_id
            and attributions.addressee_mention_number = addressees.mention_number
),

principals as (
    {{ actors_of('spoken', 'on_behalf_of_actor_key') }}
),

final as (
    select
        spoken.*,
        principals.actor_id as on_behalf_of_actor_id,
        utterances.utterance_id,
        chains.chain_id,
        holders.statement_id as nested_in_statement_id
    from spoken
    left join principals
        on
            spoken.on_behalf_of_actor_key = principals.actor_key
            and spoken.collection_key = principals.of_collection_key
    left join utterances
        on
            spoken.document_id = utterances.document_id
            and spoken.utterance_number = utterances.utterance_number
    left join chains
        on
            spoken.document_id = chains.document_id
            and spoken.chain_number = chains.chain_number
    left join spoken as holders
        on
            spoken.document_id = holders.document_id
            and spoken.nested_in_attribution_number = holders.attribution_number
)

select * from final
