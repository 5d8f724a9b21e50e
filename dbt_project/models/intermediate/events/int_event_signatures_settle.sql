-- Every signature with the event it belongs to: itself where nothing tells more, else the one best candidate. The same
-- place goes first, then the same text; of what is still to come the next one is meant. Several candidates that differ
-- leave a vague signature alone, since compatible windows are not transitive.
with

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

matched as (
    select * from {{ ref('int_event_signatures_match') }}
),

-- candidates that nothing else tells more about
tops as (
    select signature_id from signatures
    anti join matched on signatures.signature_id = matched.signature_id
),

-- equal ones stand in one line; the first line of a signature has its candidates
lines as (
    select
        matched.signature_id,
        struct_pack(
            is_elsewhere := not matched.is_same_place,
            comes_next := case when matched.is_next then 0 when not matched.is_next then 1 else 2 end,
            next_from := coalesce(if(matched.is_next, matched.window_from, null), date '9999-12-31'),
            is_of_another_text := not matched.is_same_document
        ) as place_in_line,
        count(*) as top_count,
        min(matched.upper_id) as upper_id
    from matched
    inner join tops on matched.upper_id = tops.signature_id
    group by matched.signature_id, place_in_line
),

candidates as (
    select
        signature_id,
        arg_min(top_count, place_in_line) as top_count,
        arg_min(upper_id, place_in_line) as upper_id
    from lines
    group by signature_id
),

joined as (
    select
        signatures.signature_id,
        if(candidates.top_count = 1, candidates.upper_id, null) as group_id,
        coalesce(candidates.top_count, 0) as top_count
    from signatures
    left join candidates on signatures.signature_id = candidates.signature_id
),

-- what fits no top of its own goes where the one it fits has gone: "the meeting" of a text that says which one
followed as (
    select
        matched.signature_id,
        min(joined.group_id) as group_id
    from matched
    inner join joined on matched.upper_id = joined.signature_id
    group by matched.signature_id
    having min(coalesce(joined.group_id, joined.signature_id)) = max(coalesce(joined.group_id, joined.signature_id))
),

final as (
    select
        joined.signature_id,
        coalesce(
            joined.group_id, if(joined.top_count = 0, followed.group_id, null), joined.signature_id
        ) as group_id,
        if(joined.top_count = 0 and followed.group_id is not null, 1, joined.top_count) as top_count
    from joined
    left join followed on joined.signature_id = followed.signature_id
)

select * from final
