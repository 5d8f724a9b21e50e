-- Pairs of signatures that share a handle, whose windows overlap, and where the second one's window is no coarser: by
-- handles and stretches, since pairs of all signatures of a family that share a party grow with their square.
with

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

handles as (
    select * from {{ ref('int_event_handles_list') }}
),

asking as (
    select
        handles.* exclude (asks, answers),
        unnest(handles.asks) as stretch
    from handles
    semi join signatures on handles.signature_id = signatures.signature_id
),

answering as (
    select
        * exclude (asks, answers),
        unnest(answers) as stretch
    from handles
),

final as (
    select distinct
        asking.signature_id,
        answering.signature_id as upper_id
    from asking
    inner join answering
        on
            asking.collection_key = answering.collection_key
            and asking.family = answering.family
            and asking.handle = answering.handle
            and asking.stretch = answering.stretch
            and asking.window_from <= answering.window_to
            and asking.window_to >= answering.window_from
            and asking.signature_id != answering.signature_id
            and asking.asked_fineness >= answering.fineness
)

select * from final
