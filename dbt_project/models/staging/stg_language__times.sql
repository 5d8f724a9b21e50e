select
    document_id,
    time_number,
    sentence_number,
    char_start,
    char_end,
    text,
    from_date,
    to_date,
    precision,
    anchor,
    clause_number
from {{ source('language', 'times') }}
