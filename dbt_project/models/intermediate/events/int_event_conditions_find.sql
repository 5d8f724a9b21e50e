-- Clauses that something to come waits for, or that come with it: "elections could be held after martial law is lifted",
-- "will meet under Egyptian mediation". One row per clause; expected where what they stand by is announced.
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

final as (
    select
        clauses.document_id,
        clauses.clause_number,
        bool_or(uppers.modal in ('will', 'shall')) as is_expected
    from clauses
    inner join clauses as nearer
        on
            clauses.document_id = nearer.document_id
            and if(clauses.relation = 'conj', clauses.parent_clause_number, clauses.clause_number)
            = nearer.clause_number
    inner join clauses as uppers
        on
            nearer.document_id = uppers.document_id
            and nearer.parent_clause_number = uppers.clause_number
    where
        clauses.kind = 'verb' and clauses.tense = 'present'
        and nearer.relation = 'advcl' and nearer.marker in ('after', 'when', 'until')
        and uppers.modal in ('can', 'could', 'may', 'might', 'must', 'should', 'would', 'will', 'shall')
    group by clauses.document_id, clauses.clause_number
    union all
    -- "will meet under Egyptian mediation"
    select
        clauses.document_id,
        clauses.clause_number,
        true as is_expected
    from clauses
    inner join clauses as uppers
        on
            clauses.document_id = uppers.document_id
            and clauses.parent_clause_number = uppers.clause_number
    where clauses.kind = 'noun' and clauses.marker = 'under' and uppers.tense = 'future'
)

select * from final
