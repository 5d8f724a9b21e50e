-- Which issues are on the table in the last ninety days of the texts, and which have gone quiet since when.
-- Chart: bars of recent_mention_count, mention_count by issue
with

latest as (
    select max(published_at) as last_at
    from documents
)

select
    i.name as issue,
    count(*) filter (where d.published_at >= latest.last_at - interval 90 day) as recent_mention_count,
    count(*) as mention_count,
    cast(max(d.published_at) as date) as last_mentioned_date,
    max(d.published_at) < latest.last_at - interval 90 day as is_quiet
from position_mentions as m
inner join documents as d
    on m.document_id = d.document_id
inner join issues as i
    on m.issue_key = i.issue_key
cross join latest
group by i.name, latest.last_at
order by recent_mention_count desc, mention_count desc, issue
