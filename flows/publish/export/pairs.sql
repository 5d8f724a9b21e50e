-- One row per coded event and pair of a source and a target, with the first report that names it.
create or replace temp table event_pairs as
with

actors as (
    select actor_id, actor_key, name, actor_type, sector, country_iso3
    from actors
    qualify row_number() over (partition by actor_id order by name, actor_key) = 1
),

present as (
    select
        p.event_id,
        a.*,
        p.role in ('initiator', 'organiser', 'visitor', 'mediator') as is_source,
        p.role in ('target', 'host') as is_target
    from event_participants as p
    inner join actors as a on p.actor_id = a.actor_id
    where p.role <> 'absent'
),

-- A meeting of equals has neither source nor target: its first actor by key stands on the left.
sided as (
    select
        *,
        case
            when bool_or(is_source) over (partition by event_id) then is_source
            else actor_key = min(actor_key) filter (where not is_target) over (partition by event_id)
        end as is_left
    from present
),

paired as (
    select distinct
        l.event_id,
        l.actor_id as left_id, l.actor_key as left_key, l.name as left_name, l.actor_type as left_type,
        l.sector as left_sector, l.country_iso3 as left_country,
        r.actor_id as right_id, r.actor_key as right_key, r.name as right_name, r.actor_type as right_type,
        r.sector as right_sector, r.country_iso3 as right_country
    from (select * from sided where is_left) as l
    left join (select * from sided where not coalesce(is_left, false)) as r
        on l.event_id = r.event_id
        and l.actor_id <> r.actor_id
),

reports as (
    select
        m.event_id,
        m.document_id,
        m.sentence_number,
        d.url,
        d.outlet_key,
        count(*) over (partition by m.event_id) as mention_count,
        row_number() over (
            partition by m.event_id order by d.published_at, m.document_id, m.sentence_number
        ) as report_number
    from event_mentions as m
    inner join documents as d on m.document_id = d.document_id
),

counted as (
    select event_id, count(distinct outlet_key) as outlet_count
    from reports
    group by event_id
)

select
    e.*,
    coalesce(e.to_date, e.from_date) as event_date,
    paired.* exclude (event_id),
    -- An integer that other tools take for a key: the first 15 hex digits of the hash.
    cast('0x' || left(md5(concat_ws('|', e.event_id, paired.left_id, paired.right_id)), 15) as bigint) as pair_number,
    reports.document_id,
    reports.sentence_number,
    reports.url,
    outlets.name as outlet_name,
    coalesce(reports.mention_count, 0) as mention_count,
    coalesce(counted.outlet_count, 0) as outlet_count
from events as e
inner join paired on e.event_id = paired.event_id
left join reports on e.event_id = reports.event_id and reports.report_number = 1
left join outlets on reports.outlet_key = outlets.outlet_key
left join counted on e.event_id = counted.event_id
where e.cameo_code is not null and coalesce(e.to_date, e.from_date) is not null;
