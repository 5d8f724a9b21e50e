-- Events that were put off, with the new date: one row per group of signatures, the group it began as, and how often it
-- had been put off by then. The next meeting of the same parties that is first told of after the postponement is meant.
with recursive

settled as (
    select * from {{ ref('int_event_signatures_settle') }}
),

keys as (
    select * from {{ ref('int_event_keys_sign') }}
),

told as (
    select
        settled.group_id,
        any_value(keys.collection_key) as collection_key,
        any_value(keys.family) as family,
        min(keys.published_date) as first_date,
        max(keys.published_date) filter (where keys.status = 'postponed') as postponed_date,
        max(keys.place_name) as place_name,
        count(distinct keys.place_name) as place_count,
        list_sort(list_distinct(flatten(list(keys.parties)))) as parties,
        min(keys.from_date) filter (where keys.fineness < 4) as from_date
    from settled
    inner join keys on settled.signature_id = keys.signature_id
    group by settled.group_id
),

later as (
    select distinct on (after.group_id)
        after.group_id,
        before.group_id as earlier_group_id
    from told as before
    inner join told as after
        on
            before.collection_key = after.collection_key
            and before.family = after.family
            and before.group_id != after.group_id
            and before.postponed_date is not null
            and before.postponed_date <= after.first_date
            and after.from_date > coalesce(before.from_date, before.postponed_date)
            and after.from_date <= before.postponed_date + 60
            and (before.place_count != 1 or after.place_count != 1 or before.place_name = after.place_name)
            and len(before.parties) > 0
            and (
                list_has_all(after.parties, before.parties)
                or (len(after.parties) > 0 and list_has_all(before.parties, after.parties))
            )
    -- only the next one
    qualify after.from_date = min(after.from_date) over (partition by before.group_id)
    order by after.group_id, before.postponed_date desc, before.group_id
),

chained as (
    select
        told.group_id,
        told.group_id as first_group_id,
        0 as leg
    from told
    anti join later on told.group_id = later.group_id
    union all
    select
        later.group_id,
        chained.first_group_id,
        chained.leg + 1 as leg
    from chained
    inner join later on chained.group_id = later.earlier_group_id
),

final as (
    select
        group_id,
        first_group_id,
        leg
    from chained
)

select * from final
