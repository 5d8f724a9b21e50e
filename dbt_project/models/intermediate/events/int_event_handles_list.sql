-- By what two signatures can meet: one row per signature and handle (a party, its place, its gathering, a text that tells
-- it), with the stretches of 60 days of its window. Signatures that share a handle can be the same event only if one
-- `asks` for a stretch that the other `answers`: what lasts for years would have too many, and asks all (-2); all ask
-- for what lasts for years (-1). The answer's fineness is at most the `asked_fineness`; a reference answers nothing.
with

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

stretched as (
    select
        *,
        if(
            abs(window_to - window_from) > 400, null,
            -- a window may end before it begins
            range(
                (least(window_from, window_to) - date '0001-01-01') // 60,
                (greatest(window_from, window_to) - date '0001-01-01') // 60 + 1
            )
        ) as stretches
    from signatures
),

final as (
    select
        signature_id,
        collection_key,
        family,
        window_from,
        window_to,
        fineness,
        if(is_reference, 9, fineness) as asked_fineness,
        if(stretches is null, [-2, -1], stretches || [-1]) as asks,
        case when is_reference then [] when stretches is null then [-1] else stretches || [-2] end as answers,
        unnest(list_distinct(
            parties
            || if(place_name is null, [], ['place:' || place_name])
            || if(gathering is null or family != 'consult', [], ['gathering:' || gathering])
            || list_transform(documents, lambda d: 'document:' || d)
        )) as handle
    from stretched
)

select * from final
