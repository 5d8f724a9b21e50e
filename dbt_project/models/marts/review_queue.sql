select
    fact_table::varchar as fact_table,
    fact_id::varchar as fact_id,
    document_id::varchar as document_id,
    char_start::integer as char_start,
    char_end::integer as char_end,
    reason::varchar as reason,
    reading::varchar as reading
from {{ ref('int_doubts_collect') }}
