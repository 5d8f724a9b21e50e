-- The log of the unknown: verbs and nouns for acts with two different actors that no rule caught, most frequent first.
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
    where is_latest_version
),

arguments as (
    select * from {{ ref('int_event_arguments_read') }}
    where actor_id is not null and not is_place
),

reserved as (
    select * from {{ ref('int_documents_reserve') }}
),

coded as (
    select
        document_id,
        clause_number
    from {{ ref('int_event_rules_match') }}
),

-- verbs of saying make statements, copulas nothing
ordinary as (
    select unnest([
        'be',
        'have',
        'do',
        'say',
        'tell',
        'add',
        'state',
        'note',
        'report',
        'quote',
        'know',
        'think',
        'believe',
        'include',
        'make',
        'get'
    ]) as lemma
),

paired as (
    select
        clauses.document_id,
        clauses.clause_number,
        clauses.lemma,
        clauses.kind,
        clauses.own_lemmas
    from clauses
    inner join arguments
        on
            clauses.document_id = arguments.document_id
            and clauses.clause_number = arguments.clause_number
    anti join coded
        on
            clauses.document_id = coded.document_id
            and clauses.clause_number = coded.clause_number
    anti join ordinary on clauses.lemma = ordinary.lemma
    group by all
    having count(distinct arguments.actor_id) > 1
),

final as (
    select
        lemma,
        kind,
        count(*) as clause_count,
        count(distinct paired.document_id) as document_count,
        min(paired.own_lemmas) as example
    from paired
    -- a lemma is a word too
    anti join reserved on paired.document_id = reserved.document_id
    group by lemma, kind
)

select
    lemma,
    kind,
    cast(clause_count as bigint) as clause_count,
    cast(document_count as bigint) as document_count,
    example
from final
order by document_count desc, clause_count desc, lemma asc, kind asc
