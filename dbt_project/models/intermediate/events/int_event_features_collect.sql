-- What the linear model sees of a clause: lemmas, lemma with argument, main clause apart, and the root that rules gave.
-- A feature may come twice; it counts once per sentence.
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

coded as (
    select * from {{ ref('int_event_rules_code') }}
),

reports as (
    select unnest(['say', 'tell', 'report', 'add', 'announce', 'confirm', 'state', 'claim', 'note', 'show']) as lemma
),

placed as (
    select
        clauses.document_id,
        clauses.sentence_number,
        clauses.clause_number,
        clauses.lemma,
        clauses.kind,
        clauses.is_negated,
        clauses.is_passive,
        clauses.modal,
        clauses.governors,
        clauses.own_lemmas,
        clauses.kind != 'noun' and (
            (clauses.parent_clause_number is null and reports.lemma is null)
            or (uppers.parent_clause_number is null and upper_reports.lemma is not null and clauses.relation = 'ccomp')
        ) as is_main
    from clauses
    left join reports on clauses.lemma = reports.lemma
    left join clauses as uppers
        on
            clauses.document_id = uppers.document_id
            and clauses.parent_clause_number = uppers.clause_number
    left join reports as upper_reports on uppers.lemma = upper_reports.lemma
),

features as (
    select
        document_id,
        sentence_number,
        clause_number,
        unnest([
            'l=' || kind[1] || ' ' || lemma,
            if(is_main, 'm=' || lemma, null),
            if(is_main and is_negated, 'mn=' || lemma, null),
            if(is_main and is_passive, 'mp=' || lemma, null),
            if(is_main and modal != '', 'mm=' || modal, null),
            if(is_negated, 'n=' || lemma, null),
            if(governors[1] != '', 'g=' || governors[1] || ' ' || lemma, null)
        ]) as feature
    from placed
    union all
    select
        document_id,
        sentence_number,
        clause_number,
        'w=' || unnest(string_split(own_lemmas, ' ')) as feature
    from placed
    union all
    select
        document_id,
        sentence_number,
        clause_number,
        'mw=' || unnest(string_split(own_lemmas, ' ')) as feature
    from placed
    where is_main
    union all
    select
        placed.document_id,
        placed.sentence_number,
        placed.clause_number,
        unnest([
            'a='
            || placed.lemma
            || ' '
            || arguments.role
            || ' '
            || arguments.preposition
            || ' '
            || arguments.head_lemma,
            if(
                placed.is_main,
                'ma=' || arguments.role || ' ' || arguments.preposition || ' ' || arguments.head_lemma,
                null
            ),
            if(arguments.preposition != '', 'p=' || placed.lemma || ' ' || arguments.preposition, null)
        ]) as feature
    from placed
    inner join arguments
        on
            placed.document_id = arguments.document_id
            and placed.clause_number = arguments.clause_number
    union all
    select
        placed.document_id,
        placed.sentence_number,
        placed.clause_number,
        unnest([
            if(placed.is_main, 'mk=', 'k=') || coalesce(substr(coded.cameo_code, 1, 2), 'none'),
            'r=' || coded.rule_key
        ]) as feature
    from placed
    inner join coded
        on
            placed.document_id = coded.document_id
            and placed.clause_number = coded.clause_number
    where not coded.is_consumed
),

final as (
    select
        document_id,
        sentence_number,
        clause_number,
        feature
    from features
    where feature is not null
)

select * from final
