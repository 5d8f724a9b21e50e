-- Every signature with the event it belongs to: itself where nothing tells more, else the one best candidate. Several
-- candidates that differ leave a vague signature alone, since compatible windows are not transitive.
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
    anti join matched on signatures.signature_id = matched.lower_id
),

candidates as (
    select
        matched.lower_id,
        count(*) as top_count,
        min(matched.upper_id) as upper_id
    from matched
    inner join tops on matched.upper_id = tops.signature_id
    group by matched.lower_id
),

final as (
    select
        signatures.signature_id,
        coalesce(if(candidates.top_count = 1, candidates.upper_id, null), signatures.signature_id) as group_id,
        coalesce(candidates.top_count, 0) as top_count
    from signatures
    left join candidates on signatures.signature_id = candidates.lower_id
)

select * from final
