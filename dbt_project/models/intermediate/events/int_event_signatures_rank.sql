-- One row per distinct signature of mentions: the same family, parties, place, window and round are one candidate event.
with

keys as (
    select * from {{ ref('int_event_keys_collect') }}
    where is_latest_version
),

final as (
    select
        {{ hash_id([
            'collection_key', 'family', 'parties', 'place_name', 'country_iso3', 'round', 'is_beside',
            'gathering', 'contents',
            'window_from', 'window_to', 'fineness', 'only_document_id'
        ]) }} as signature_id,
        collection_key,
        family,
        parties,
        place_name,
        country_iso3,
        round,
        window_from,
        window_to,
        fineness,
        is_beside,
        gathering,
        contents,
        only_document_id,
        max(published_date) as published_date,
        list_sort(list(distinct document_id)) as documents,
        bool_and(is_reference) as is_reference,
        bool_and(status in ('planned', 'postponed', 'downgraded')) as is_planned,
        bool_or(status = 'ongoing') as is_ongoing,
        bool_and(status not in ('occurred', 'ongoing')) as is_unheld,
        -- of what is called off or put off without a date the next one is meant
        bool_and(status in ('planned', 'refused', 'cancelled', 'postponed', 'downgraded') and not is_dated)
            as is_coming,
        bool_and(status in ('did_not_occur', 'refused', 'cancelled', 'postponed') and not is_dated and not is_reference)
            as is_undone,
        -- what a signature tells beside its window: more parties, a place, a round
        2 * len(parties) + cast(place_name is not null as integer) + cast(round is not null as integer) as detail
    from keys
    group by all
)

select * from final
