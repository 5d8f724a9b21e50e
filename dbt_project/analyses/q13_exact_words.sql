-- Who said what on one issue, in exact words, with the place in the text.
-- Chart: dots of published_at by speaker
select
    s.published_at,
    coalesce(a.name, s.speaker_text) as speaker,
    s.quote_type,
    s.text,
    d.url,
    s.char_start,
    s.char_end
from statements as s
inner join statement_issues as si
    on s.statement_id = si.statement_id
inner join documents as d
    on s.document_id = d.document_id
left join actors as a
    on s.speaker_actor_id = a.actor_id
where si.issue_key = 'ceasefire'
order by s.published_at, s.document_id, s.char_start
