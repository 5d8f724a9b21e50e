select
    evidence.fact_table::varchar as fact_table,
    evidence.fact_id::varchar as fact_id,
    evidence.document_id::varchar as document_id,
    evidence.char_start::integer as char_start,
    evidence.char_end::integer as char_end,
    case
        when
            documents.rights = 'full_text'
            then substring(documents.body, evidence.char_start + 1, evidence.char_end - evidence.char_start)
    end::varchar as text,
    evidence.kind::varchar as kind
from {{ ref('int_evidence_collect') }} as evidence
inner join {{ ref('int_documents_resolve') }} as documents
    on evidence.document_id = documents.document_id
