select
    run_id,
    stage,
    subject,
    source_key,
    status,
    reason,
    http_status,
    byte_count,
    duration_ms,
    happened_at
from {{ ref('int_outcomes_collect') }}
