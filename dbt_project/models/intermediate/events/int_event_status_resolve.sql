-- One row per clause: whether what it names has happened. The strongest cue above or beside it decides; else its tense.
with

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

rules as (
    select * from {{ ref('status_rules') }}
),

-- "talks failed", "the swap included 95 soldiers": the act is what they say it of, unless it failed to begin
subjects as (
    select distinct
        clauses.document_id,
        clauses.clause_number
    from clauses
    inner join clauses as uppers
        on
            clauses.document_id = uppers.document_id
            and clauses.parent_clause_number = uppers.clause_number
    inner join {{ ref('stg_language__clause_arguments') }} as arguments
        on
            uppers.document_id = arguments.document_id
            and uppers.clause_number = arguments.clause_number
            and clauses.trigger_start = arguments.head_start
    where
        clauses.kind = 'noun'
        and arguments.role = 'subject'
        and not uppers.is_passive
        and not list_has_any(
            uppers.tags,
            list_transform(
                ['begin', 'start', 'open', 'happen', 'occur', 'take', 'take_place', 'materialise', 'materialize'],
                lambda verb: 'complement=' || verb
            )
        )
),

awaited as (
    select * from {{ ref('int_event_conditions_find') }}
),

cues as (
    select
        document_id,
        clause_number,
        'governor' as cue_kind,
        unnest(governors) as cue
    from clauses
    union all
    select
        clauses.document_id,
        clauses.clause_number,
        'object_governor' as cue_kind,
        unnest(if(subjects.clause_number is null, clauses.governors, clauses.governors[2:])) as cue
    from clauses
    left join subjects on clauses.document_id = subjects.document_id and clauses.clause_number = subjects.clause_number
    union all
    select
        document_id,
        clause_number,
        'modal' as cue_kind,
        modal as cue
    from clauses
    union all
    select
        document_id,
        clause_number,
        'marker' as cue_kind,
        marker as cue
    from clauses
    where marker != 'for' or kind = 'noun'
    union all
    select
        document_id,
        clause_number,
        'tense' as cue_kind,
        tense as cue
    from clauses
),

decided as (
    select
        cues.document_id,
        cues.clause_number,
        arg_min(rules.status, (rules.priority, rules.status_rule_key)) as status,
        arg_min(rules.status_rule_key, (rules.priority, rules.status_rule_key)) as status_rule_key
    from cues
    inner join rules
        on
            cues.cue_kind = rules.cue_kind
            and cues.cue = rules.cue
    group by cues.document_id, cues.clause_number
),

final as (
    select
        clauses.document_id,
        clauses.clause_number,
        case
            when decided.status = 'hypothetical' and decided.status_rule_key like 'marker%' then 'hypothetical'
            when clauses.is_negated and decided.status = 'denied' then 'occurred'
            when
                clauses.is_negated
                and (
                    clauses.modal in ('will', 'would', 'shall') or decided.status_rule_key in (
                        'governor_ready', 'governor_willing', 'governor_plan', 'governor_intend', 'governor_agree'
                    )
                ) then 'refused'
            when clauses.is_negated then 'did_not_occur'
            when
                clauses.modal = 'would' and clauses.tense != 'future'
                and coalesce(decided.status, 'planned') = 'planned' then 'hypothetical'
            when awaited.is_expected and coalesce(decided.status, 'ongoing') = 'ongoing' then 'planned'
            when awaited.clause_number is not null then 'hypothetical'
            when decided.status is not null then decided.status
            when
                clauses.kind = 'verb' and clauses.tense = 'none' and clauses.marker = 'to'
                and clauses.relation in ('advcl', 'acl', 'relcl') then 'hypothetical'
            when clauses.is_progressive and clauses.tense = 'present' and not clauses.is_perfect then 'ongoing'
            else 'occurred'
        end as status,
        decided.status_rule_key
    from clauses
    left join decided
        on
            clauses.document_id = decided.document_id
            and clauses.clause_number = decided.clause_number
    left join awaited
        on
            clauses.document_id = awaited.document_id
            and clauses.clause_number = awaited.clause_number
)

select * from final
