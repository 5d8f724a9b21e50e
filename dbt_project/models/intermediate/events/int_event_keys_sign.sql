-- One row per event mention with its signature.
with

keys as (
    select * from {{ ref('int_event_keys_collect') }}
    where is_latest_version
),

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

final as (
    select
        keys.*,
        signatures.signature_id
    from keys
    inner join signatures
        on
            keys.collection_key = signatures.collection_key
            and keys.family = signatures.family
            and keys.parties = signatures.parties
            and keys.place_name is not distinct from signatures.place_name
            and keys.country_iso3 is not distinct from signatures.country_iso3
            and keys.round is not distinct from signatures.round
            and keys.is_beside = signatures.is_beside
            and keys.gathering is not distinct from signatures.gathering
            and keys.contents = signatures.contents
            and keys.window_from = signatures.window_from
            and keys.window_to = signatures.window_to
            and keys.fineness = signatures.fineness
            and keys.only_document_id is not distinct from signatures.only_document_id
)

select * from final
