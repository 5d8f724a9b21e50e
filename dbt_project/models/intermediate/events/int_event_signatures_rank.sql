-- One row per distinct signature of mentions: the same family, parties, place, window and round are one candidate event.
with

keys as (
    select * from {{ ref('int_event_keys_collect') }}
),

final as (
    select
        {{ hash_id([
            'collection_key', 'family', 'parties', 'place_name', 'country_iso3', 'round', 'window_from', 'window_to', 'fineness',
            "if(len(parties) = 0 and place_name is null, document_id, '')"
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
        if(len(parties) = 0 and place_name is null, document_id, null) as only_document_id,
        list_sort(list(distinct document_id)) as documents,
        bool_and(is_reference) as is_reference,
        bool_and(status = 'planned') as is_planned,
        bool_or(status = 'ongoing') as is_ongoing,
        bool_and(status in ('did_not_occur', 'refused', 'denied', 'cancelled', 'postponed') and not is_dated)
            as is_undone,
        -- what a signature tells beside its window: more parties, a place, a round
        2 * len(parties) + cast(place_name is not null as integer) + cast(round is not null as integer) as detail
    from keys
    group by all
)

select * from final
