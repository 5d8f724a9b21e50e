select
    document_id,
    collection_key,
    story_id,
    is_story_origin
from {{ source('language', 'stories') }}
