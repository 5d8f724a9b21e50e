select
    source_key,
    day_date,
    is_watched,
    cast(attempt_count as bigint) as attempt_count,
    cast(failed_count as bigint) as failed_count,
    cast(article_count as bigint) as article_count,
    cast(seen_7d_count as bigint) as seen_7d_count,
    cast(expected_7d as double) as expected_7d_count,
    expectation_basis,
    below_from_date,
    case
        when not is_watched then 'not_watched'
        when is_below is null then 'unknown'
        when not is_below then 'ok'
        when day_date - below_from_date >= 7 then 'error'
        else 'warning'
    end as state
from {{ ref('int_source_days_rate') }}
