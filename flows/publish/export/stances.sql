-- One row per place in a text where an actor takes a stance: a concept (an issue and the level meant), for or against.
-- Modalities that neither back nor refuse (a threat to leave) give no stance and are left out.
select
    m.position_mention_id as statement_id,
    strftime(coalesce(m.held_to_date, m.held_from_date, d.published_date), '%Y-%m-%d') as time,
    case
        when m.held_to_date is null and m.held_from_date is null then 'published'
        else coalesce(m.held_precision, 'unknown')
    end as time_precision,
    d.document_id,
    d.title as document_title,
    d.url as document_url,
    d.outlet_key as source,
    case when speakers.actor_type = 'person' then speakers.name end as person,
    holders.name as organization,
    holders.actor_key as organization_key,
    issues.name || coalesce(': ' || scale.label, '') as concept,
    case when m.modality in ('rejects', 'rules_out', 'withdraws_offer', 'withdraws_demand') then 0 else 1 end as agreement,
    m.issue_key,
    m.scope_key,
    m.level,
    m.modality,
    m.voice,
    m.epistemic_status,
    m.char_start,
    m.char_end
from position_mentions as m
inner join documents as d on m.document_id = d.document_id
inner join named_actors as holders on m.actor_id = holders.actor_id
left join named_actors as speakers on m.spoken_by_actor_id = speakers.actor_id
left join issues on m.issue_key = issues.issue_key
left join issue_scale as scale on m.issue_key = scale.issue_key and m.level = scale.level
where m.modality <> 'threatens_exit'
order by time, d.document_id, m.char_start, m.position_mention_id
