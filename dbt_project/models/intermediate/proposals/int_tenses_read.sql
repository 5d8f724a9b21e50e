-- One row per matched clause that its own verb's tense makes a deed, an intention or a refusal: 'will withdraw', 'has
-- halted'. A noun takes the tense of the verb that supports it: 'will not extend the ceasefire'.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

blocked as (
    select anchor_lemma
    from {{ ref('modality_rules') }}
    where
        modality = 'blocked'
        and clause_kind = 'verb'
),

objects as (
    select distinct
        document_id,
        clause_number,
        head_lemma
    from {{ ref('stg_language__clause_arguments') }}
    where
        role = 'object'
        and not is_shared
),

own as (
    select * from paths
    where
        depth = 0
        and lemma not in ('say', 'tell', 'state', 'add', 'note', 'report', 'write', 'describe', 'call', 'be', 'have')
),

supported as (
    select paths.*
    from paths
    inner join paths as nouns
        on
            paths.document_id = nouns.document_id
            and paths.origin_number = nouns.origin_number
            and nouns.depth = 0
            and nouns.kind = 'noun'
    inner join objects
        on
            paths.document_id = objects.document_id
            and paths.clause_number = objects.clause_number
            and nouns.lemma = objects.head_lemma
    inner join {{ ref('support_verbs') }} as verbs
        on paths.lemma = verbs.lemma
    where paths.depth = 1
),

tensed as (
    select * from own
    union all by name
    select * from supported
),

final as (
    select
        document_id,
        origin_number,
        depth,
        clause_number,
        'tense_' || case when modal in ('', 'do') then tense else modal end as rule_key,
        case
            when
                is_negated and (modal in ('will', 'would', 'can', 'could', 'shall') or tense = 'future')
                then 'rules_out'
            when is_negated or is_passive then null
            when modal in ('will', 'would', 'could', 'may', 'might', 'shall') or tense = 'future' then 'offers'
            when tense = 'past' or is_perfect then 'implements'
        end as modality,
        -- what will not be done: whoever says so rules it out
        case when is_passive then 'speaker' else 'subject' end as holder,
        90 as precedence,
        null::integer as argument_number
    from tensed
    where
        kind = 'verb'
        and relation not in ('xcomp', 'pcomp', 'acl', 'noun', 'advcl', 'relcl')
        and lemma not in (select anchor_lemma from blocked)
)

select * from final
