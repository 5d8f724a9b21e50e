select
    document_id,
    sentence_number,
    paragraph_number,
    char_start,
    char_end,
    role,
    token_start,
    token_end,
    lemma,
    pos,
    tag,
    dep,
    head,
    entity
from {{ source('language', 'sentences') }}
