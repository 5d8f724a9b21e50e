select
    document_id,
    clause_number,
    argument_number,
    role,
    preposition,
    char_start,
    char_end,
    text,
    head_start,
    head_lemma,
    lemmas,
    mention_number,
    is_shared
from {{ source('language', 'clause_arguments') }}
