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

ranked as (
    select
        matched.signature_id,
        matched.upper_id,
        rank() over (
            partition by matched.signature_id
            order by
                matched.is_same_place desc,
                matched.is_next desc,
                if(matched.is_next, matched.window_from, null),
                matched.is_same_document desc
        ) as place_in_line
    from matched
    inner join tops on matched.upper_id = tops.signature_id
),

candidates as (
    select
        signature_id,
        count(*) as top_count,
        min(upper_id) as upper_id
    from ranked
    where place_in_line = 1
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
    having count(distinct coalesce(joined.group_id, joined.signature_id)) = 1
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
