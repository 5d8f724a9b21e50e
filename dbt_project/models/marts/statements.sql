with

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
    where is_latest_version
),

final as (
    select
        statement_id,
        utterance_id,
        document_id,
        cast(char_start as integer) as char_start,
        cast(char_end as integer) as char_end,
        case when rights != 'metadata_only' then text end as text,
        quote_type,
        attribution_kind,
        speaker_actor_id,
        case when rights != 'metadata_only' then speaker_text end as speaker_text,
        is_named,
        on_behalf_of_actor_id,
        addressee_actor_id,
        case when rights != 'metadata_only' then cue end as cue,
        cast(cue_start as integer) as cue_start,
        cast(cue_end as integer) as cue_end,
        nested_in_statement_id,
        said_from_date,
        said_to_date,
        said_precision,
        medium,
        speech_act,
        case when rights != 'metadata_only' then hedges end as hedges,
        is_negated,
        chain_id,
        published_at,
        rule
    from attributions
)

select * from final
