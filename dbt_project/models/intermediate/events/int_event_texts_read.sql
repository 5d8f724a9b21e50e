-- One row per event mention: the words for who acts and on whom, as they stand in the text.
with

participants as (
    select * from {{ ref('int_event_participants_resolve') }}
),

mentions as (
    select * from {{ ref('int_event_mentions_code') }}
),

numbered as (
    select
        participants.*,
        mentions.direction,
        row_number() over (
            partition by participants.document_id, participants.clause_number
            order by participants.distance, participants.head_start
        ) as place_in_line
    from participants
    inner join mentions
        on
            participants.document_id = mentions.document_id
            and participants.clause_number = mentions.clause_number
),

sided as (
    select
        *,
        case
            when role in ('initiator', 'mediator') then true
            when role = 'target' then false
            when role = 'visitor' then direction = 'visit'
            when role = 'host' then direction = 'host'
            else place_in_line = 1
        end as is_initiator
    from numbered
),

final as (
    select
        document_id,
        clause_number,
        string_agg(name, '; ' order by head_start) filter (where is_initiator) as initiator_text,
        -- "Canada and Britain agreed": without anybody else the second is the other side
        coalesce(
            string_agg(name, '; ' order by head_start) filter (where not is_initiator),
            if(count(*) > 1, arg_max(name, head_start order by name), null)
        ) as target_text
    from sided
    group by document_id, clause_number
)

select * from final
