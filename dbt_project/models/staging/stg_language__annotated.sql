select
    document_id,
    annotator_version,
    sentence_count,
    word_count,
    annotated_at
from {{ source('language', 'annotated') }}
