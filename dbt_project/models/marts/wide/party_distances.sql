-- What the owners of both ends of a scale held at the end of each month, and how many levels lie between them.
with

actors as (
    {{ one_per_actor() }}
),

months as (
    select distinct
        month_from_date,
        least(last_day(month_from_date), max(spine_date) over ()) as as_of_date
    from {{ ref('date_spine') }}
),

held as (
    select
        months.month_from_date,
        months.as_of_date,
        positions.conflict_key,
        positions.issue_key,
        positions.scope_key,
        positions.voice,
        positions.actor_id,
        actors.actor_key,
        actors.name as actor_name,
        positions.level,
        coalesce(positions.valid_from_date, cast(positions.known_from_at as date)) as since_date
    from {{ ref('positions') }} as positions
    -- what the text does not date was held when it was first reported
    inner join months
        on
            coalesce(positions.valid_from_date, cast(positions.known_from_at as date)) <= months.as_of_date
            and (positions.valid_to_date is null or positions.valid_to_date > months.as_of_date)
    inner join actors on positions.actor_id = actors.actor_id
    where positions.level is not null
    qualify row_number() over (
        partition by
            months.month_from_date, positions.conflict_key, positions.issue_key, positions.scope_key,
            positions.voice, positions.actor_id
        order by since_date desc, positions.position_id
    ) = 1
),

poles as (
    select distinct
        conflict_key,
        issue_key,
        scope_key,
        actor_key,
        pole
    from {{ ref('issue_poles') }}
),

owned as (
    select
        held.*,
        poles.pole
    from held
    inner join poles
        on
            held.conflict_key = poles.conflict_key
            and held.issue_key = poles.issue_key
            and held.actor_key = poles.actor_key
            and coalesce(poles.scope_key, held.scope_key) = held.scope_key
    -- A pole of the scope itself goes before one for every scope.
    qualify row_number() over (
        partition by held.month_from_date, held.conflict_key, held.issue_key, held.scope_key, held.voice, held.actor_id
        order by poles.scope_key is null, poles.pole
    ) = 1
),

final as (
    select
        low.month_from_date,
        low.as_of_date,
        low.conflict_key,
        low.issue_key,
        low.scope_key,
        low.voice,
        low.actor_id as low_actor_id,
        low.actor_name as low_actor_name,
        low.level as low_level,
        high.actor_id as high_actor_id,
        high.actor_name as high_actor_name,
        high.level as high_level,
        cast(abs(high.level - low.level) as integer) as distance
    from owned as low
    inner join owned as high
        on
            low.month_from_date = high.month_from_date
            and low.conflict_key = high.conflict_key
            and low.issue_key = high.issue_key
            and low.scope_key = high.scope_key
            and low.voice = high.voice
    where low.pole = 'low' and high.pole = 'high' and low.actor_id <> high.actor_id
)

select * from final
