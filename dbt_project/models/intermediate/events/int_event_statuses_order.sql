-- One row per event and document that gave it a status: inside a text the status that says most, over texts by time. A plan
-- told again after the event has happened is no news.
with

merged as (
    select * from {{ ref('int_events_merge') }}
    where tells_status
),

chains as (
    select * from {{ ref('int_sentence_chains') }}
),

ranks as (
    select
        unnest([
            'hypothetical', 'planned', 'occurred', 'ongoing', 'denied', 'downgraded', 'did_not_occur', 'refused',
            'postponed', 'cancelled'
        ]) as status,
        unnest([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) as weight
),

by_document as (
    select distinct on (merged.event_id, merged.document_id)
        merged.event_id,
        merged.document_id,
        merged.published_at,
        merged.published_date,
        merged.status,
        ranks.weight,
        chains.chain_id
    from merged
    inner join ranks on merged.status = ranks.status
    left join chains
        on
            merged.document_id = chains.document_id
            and merged.sentence_number = chains.sentence_number
    order by
        merged.event_id, merged.document_id,
        -- what is held at a lower level is not held as planned, and is held
        merged.status = 'downgraded' desc,
        ranks.weight desc, merged.trigger_start asc, chains.chain_id
),

weighed as (
    select
        *,
        coalesce(bool_or(status in ('occurred', 'ongoing')) over earlier, false) as has_happened,
        lag(status) over told as status_before
    from by_document
    window earlier as (
        partition by event_id
        order by published_at asc nulls last, document_id asc
        rows between unbounded preceding and 1 preceding
    ),
    told as (partition by event_id order by published_at asc nulls last, document_id asc)
),

news as (
    select * from weighed
    where
        not (has_happened and status in ('planned', 'hypothetical'))
        and not (status = 'planned' and coalesce(status_before = 'downgraded', false))
),

final as (
    select
        * exclude (has_happened, status_before),
        lag(status) over told as previous_status,
        row_number() over (
            partition by event_id order by published_at desc nulls last, document_id desc
        ) as recency
    from news
    window told as (partition by event_id order by published_at asc nulls last, document_id asc)
)

select * from final
