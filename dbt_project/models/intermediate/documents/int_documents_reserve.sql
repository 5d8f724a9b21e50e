-- One row per document whose words are reserved: of it offsets and codes are published, and names, but no words.
select distinct document_id
from {{ ref('int_documents_resolve') }}
where rights is distinct from 'full_text'
