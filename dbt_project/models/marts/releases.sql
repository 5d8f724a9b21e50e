select
    release_id,
    published_at,
    code_version,
    annotator_version,
    data_through_at,
    document_count,
    statement_count,
    event_count,
    proposal_change_count
from {{ ref('int_releases_collect') }}
