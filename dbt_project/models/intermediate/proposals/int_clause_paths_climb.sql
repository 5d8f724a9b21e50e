-- One row per matched clause and clause on the way up from it (depth 0 is the clause itself), at most six steps. A second
-- verb of a pair stands beside the first: the way leads past the first one to what governs both.
with recursive

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

-- a clause with a subject of its own stands beside a finite verb only
complete as (
    select distinct
        document_id,
        clause_number,
        true as has_subject
    from {{ ref('stg_language__clause_arguments') }}
    where
        role = 'subject'
        and not is_shared
),

-- a plan under which, a call to: what hangs on a noun that asks or offers belongs to it
proposed as (
    select
        clauses.document_id,
        clauses.clause_number
    from clauses
    inner join {{ ref('int_documents_resolve') }} as documents
        on clauses.document_id = documents.document_id
    left join clauses as parents
        on
            clauses.document_id = parents.document_id
            and clauses.parent_clause_number = parents.clause_number
    where
        -- 'ruled out ceding land': the parse may take the object for a circumstance
        (clauses.relation = 'advcl' and clauses.marker = '' and clauses.trigger_start = parents.trigger_end + 1)
        or clauses.relation = 'relcl'
        and regexp_matches(
            substring(documents.body, greatest(clauses.char_start - 60, 0) + 1, least(60, clauses.char_start)),
            '(?i)\b(?:plan|proposal|idea|draft|formula|deal|offer|arrangement|scheme|initiative|framework|option|call|request|demand|pledge|promise)s?,? (?:under|by|in)? ?$'  -- noqa: LT05
        )
),

-- what an if, once or until opens goes on behind its 'and'
joined as (
    select
        clauses.document_id,
        clauses.clause_number,
        coalesce(nullif(clauses.marker, ''), firsts.marker, '') as marker
    from clauses
    left join clauses as firsts
        on
            clauses.document_id = firsts.document_id
            and if(clauses.relation = 'conj', clauses.parent_clause_number, null) = firsts.clause_number
            and firsts.relation = 'advcl'
),

matched as (
    select distinct
        document_id,
        clause_number
    from {{ ref('int_issue_matches_find') }}
),

climb as (
    select
        matched.document_id,
        matched.clause_number as origin_number,
        0 as depth,
        matched.clause_number,
        false as is_beside,
        false as has_subject
    from matched
    union all
    select
        climb.document_id,
        climb.origin_number,
        climb.depth + 1 as depth,
        clauses.parent_clause_number as clause_number,
        clauses.relation = 'conj' as is_beside,
        coalesce(complete.has_subject, false) as has_subject
    from climb
    inner join clauses
        on
            climb.document_id = clauses.document_id
            and climb.clause_number = clauses.clause_number
    left join proposed
        on
            clauses.document_id = proposed.document_id
            and clauses.clause_number = proposed.clause_number
    left join complete
        on
            clauses.document_id = complete.document_id
            and clauses.clause_number = complete.clause_number
    where
        clauses.parent_clause_number is not null
        and climb.depth < 6
        and not (
            climb.is_beside
            and (clauses.relation = 'root' or (climb.has_subject and clauses.relation in ('xcomp', 'acl', 'pcomp')))
        )
        -- what stands in an adverbial or relative clause is no part of what is asked or offered, unless it is the condition itself
        and (
            clauses.relation not in ('advcl', 'relcl')
            or proposed.clause_number is not null
            or (clauses.relation = 'advcl' and clauses.marker = 'to')
            or (
                (climb.depth = 0 or climb.is_beside)
                and clauses.marker in ('once', 'after', 'until', 'unless', 'when', 'if', 'before')
            )
        )
)

select
    climb.document_id,
    climb.origin_number,
    climb.depth,
    clauses.* exclude (document_id) replace (joined.marker as marker)
from climb
inner join clauses
    on
        climb.document_id = clauses.document_id
        and climb.clause_number = clauses.clause_number
inner join joined
    on
        climb.document_id = joined.document_id
        and climb.clause_number = joined.clause_number
where not climb.is_beside
