select
    document_id,
    chain_number,
    hop,
    hop_type,
    char_start,
    char_end,
    descriptor,
    cue,
    mention_number,
    source_count,
    is_explicit
from {{ source('language', 'source_hops') }}
