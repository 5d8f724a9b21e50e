select
    document_id,
    sentence_number,
    chain_number
from {{ source('language', 'sentence_chains') }}
