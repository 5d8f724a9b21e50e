select
    fact_table::varchar as fact_table,
    fact_id::varchar as fact_id,
    document_id::varchar as document_id,
    char_start::integer as char_start,
    char_end::integer as char_end,
    reason::varchar as reason,
    reading::varchar as reading,
    actor_key::varchar as actor_key,
    issue_key::varchar as issue_key,
    scope_key::varchar as scope_key,
    voice::varchar as voice,
    modality::varchar as modality,
    level::integer as level,
    change_type::varchar as change_type,
    near_date::date as near_date,
    best_grade::varchar as best_grade
from {{ ref('int_doubts_collect') }}
