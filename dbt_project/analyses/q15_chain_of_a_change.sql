-- The sourcing of the latest reported change, hop by hop: publisher, cited outlet, people.
-- Chart: bars of hop by hop_type, actor
with

latest as (
    select
        change_id,
        chain_id,
        reading
    from proposal_changes
    where voice = 'reported_private'
    order by first_reported_at desc, change_id
    limit 1
)

select
    latest.reading,
    h.hop,
    h.hop_type,
    a.name as actor,
    h.descriptor,
    h.cue,
    ch.grade
from latest
inner join source_chains as ch
    on latest.chain_id = ch.chain_id
inner join source_chain_hops as h
    on ch.chain_id = h.chain_id
left join actors as a
    on h.actor_id = a.actor_id
order by h.hop
