-- Every mention is the landed text at its offsets.
select
    mentions.document_id,
    mentions.char_start,
    mentions.surface
from {{ ref('int_mentions_resolve') }} as mentions
inner join {{ ref('int_documents_resolve') }} as documents
    on mentions.document_id = documents.document_id
where substr(documents.body, mentions.char_start + 1, mentions.char_end - mentions.char_start) != mentions.surface
