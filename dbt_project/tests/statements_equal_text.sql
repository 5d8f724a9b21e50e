-- Every statement is the landed text at its offsets, and a text that may not be shown shows no words.
select statements.statement_id
from {{ ref('statements') }} as statements
inner join {{ ref('int_documents_resolve') }} as documents
    on statements.document_id = documents.document_id
where
    case
        when documents.rights = 'metadata_only' then statements.text is not null
        else
            statements.text is distinct from
            substring(documents.body, statements.char_start + 1, statements.char_end - statements.char_start)
            or statements.char_end <= statements.char_start
    end
