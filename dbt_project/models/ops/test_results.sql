-- The rows come from dbt itself, after its tests have ended (flows/transform/results.py): this build's own results.
select
    cast(null as varchar) as test_id,
    cast(null as varchar) as test_name,
    cast(null as varchar) as table_name,
    cast(null as varchar) as column_name,
    cast(null as varchar) as severity,
    cast(null as varchar) as status,
    cast(null as bigint) as failure_count,
    cast(null as double) as duration_seconds,
    cast(null as varchar) as message,
    cast(null as timestamp) as tested_at
where false
