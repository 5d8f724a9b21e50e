-- One row per matched clause and reading of its modality: a rule's verb, adjective or noun on the path above it,
-- a demand that stands as subject, a modal of duty, or the clause's own tense. Which reading wins is decided later.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

rules as (
    select * from {{ ref('modality_rules') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

by_predicate as (
    select
        paths.document_id,
        paths.origin_number,
        paths.depth,
        paths.clause_number,
        rules.rule_key,
        case when paths.is_negated then rules.negated_modality else rules.modality end as modality,
        rules.holder,
        rules.precedence,
        null::integer as argument_number
    from paths
    inner join rules
        on
            paths.lemma = rules.anchor_lemma
            and (paths.kind = rules.clause_kind or (paths.kind = 'adjective' and rules.clause_kind = 'verb'))
    where
        rules.object_pattern is null
        or {{ has_word(padded('paths.own_lemmas'), 'rules.object_pattern') }}
        or exists (
            select 1
            from arguments
            where
                arguments.document_id = paths.document_id
                and arguments.clause_number = paths.clause_number
                and arguments.role in ('object', 'oblique', 'complement')
                and not arguments.is_shared
                and {{ has_word("' ' || arguments.head_lemma || ' '", 'rules.object_pattern') }}
        )
),

by_noun as (
    select
        paths.document_id,
        paths.origin_number,
        paths.depth,
        paths.clause_number,
        rules.rule_key,
        rules.modality,
        'argument' as holder,
        rules.precedence + 5 as precedence,
        arguments.argument_number
    from paths
    inner join arguments
        on
            paths.document_id = arguments.document_id
            and paths.clause_number = arguments.clause_number
    inner join rules
        on
            arguments.head_lemma = rules.anchor_lemma
            and rules.clause_kind = 'noun'
    where
        arguments.role = 'subject'
        and rules.modality != 'blocked'
        and not paths.is_negated
        and (paths.modal in ('would', 'will') or paths.lemma in (
            'include',
            'be',
            'comprise',
            'contain',
            'call',
            'remain',
            'renounce',
            'provide',
            'involve',
            'foresee',
            'envisage',
            'cover',
            'demand',
            'require',
            'range'
        ))
),

by_duty as (
    select
        document_id,
        origin_number,
        depth,
        clause_number,
        'duty_' || modal as rule_key,
        'demands' as modality,
        'speaker' as holder,
        70 as precedence,
        null::integer as argument_number
    from paths
    where
        modal in ('must', 'should', 'ought')
        and kind != 'noun'
        and not is_negated
    union all
    -- 'has to', 'needs to'
    select distinct
        duties.document_id,
        duties.origin_number,
        duties.depth,
        duties.clause_number,
        'duty_' || duties.lemma as rule_key,
        'demands' as modality,
        'speaker' as holder,
        70 as precedence,
        null::integer as argument_number
    from paths as duties
    inner join paths as owed
        on
            duties.document_id = owed.document_id
            and duties.origin_number = owed.origin_number
            and duties.depth = owed.depth + 1
            and owed.relation = 'xcomp'
    where
        duties.lemma in ('have', 'need')
        and duties.kind = 'verb'
        and not duties.is_negated
),

final as (
    select * from by_predicate
    union all by name
    select * from {{ ref('int_absences_read') }}
    union all by name
    select * from by_noun
    union all by name
    select * from by_duty
    union all by name
    select * from {{ ref('int_tenses_read') }}
    union all by name
    select * from {{ ref('int_demands_imply') }}
)

select
    *,
    modality in ('rejects', 'rules_out') and rule_key != 'there_is_to_be_no' as is_negative  -- 'no truce' is negated itself
from final
where modality is not null
