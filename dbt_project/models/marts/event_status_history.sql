with

statuses as (
    select * from {{ ref('int_event_statuses_order') }}
),

final as (
    select
        event_id,
        status,
        cast(published_date as date) as as_of_date,
        document_id,
        chain_id
    from statuses
    where previous_status is null or previous_status != status
)

select * from final
