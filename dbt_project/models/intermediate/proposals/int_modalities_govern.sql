-- One row per reading that another verb governs: what is asked of somebody else, what is refused, what is only owed.
with

sound as (
    select * from {{ ref('int_modalities_ground') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

-- what governs a reading from the next clause above it
governed as (
    select
        inner_reading.document_id,
        inner_reading.origin_number,
        inner_reading.clause_number,
        inner_reading.rule_key,
        bool_or(
            inner_reading.modality in (
                'accepts', 'offers', 'ready_to', 'rejects', 'rules_out', 'withdraws_demand', 'withdraws_offer'
            )
            and outer_reading.modality in ('demands', 'proposes')
            and outer_reading.holder in ('subject', 'speaker')
            and (inner_path.relation = 'xcomp' or inner_reading.holder_key is distinct from outer_reading.holder_key)
        ) as is_asked,
        bool_or(
            inner_path.relation = 'xcomp'
            and (
                (
                    inner_reading.modality in ('accepts', 'offers', 'proposes', 'ready_to')
                    and outer_reading.modality in ('rejects', 'rules_out')
                )
                or (
                    inner_reading.modality = 'accepts'
                    and outer_reading.modality in ('ready_to', 'offers', 'floats')
                )
            )
        ) as is_refused
    from sound as inner_reading
    inner join paths as inner_path
        on
            inner_reading.document_id = inner_path.document_id
            and inner_reading.origin_number = inner_path.origin_number
            and inner_reading.clause_number = inner_path.clause_number
    inner join sound as outer_reading
        on
            inner_reading.document_id = outer_reading.document_id
            and inner_reading.origin_number = outer_reading.origin_number
            and inner_path.parent_clause_number = outer_reading.clause_number
            and outer_reading.precedence < 90
    where inner_reading.precedence < 90
    group by inner_reading.document_id, inner_reading.origin_number, inner_reading.clause_number, inner_reading.rule_key
),

-- a duty that the same verb carries ('must accept') is what somebody else asks for
owed as (
    select distinct
        verbs.document_id,
        verbs.origin_number,
        verbs.clause_number,
        verbs.rule_key
    from sound as verbs
    inner join sound as duties
        on
            verbs.document_id = duties.document_id
            and verbs.origin_number = duties.origin_number
            and verbs.clause_number = duties.clause_number
    where
        duties.rule_key like 'duty_%'
        and verbs.modality in ('accepts', 'offers', 'withdraws_demand', 'withdraws_offer')
        and verbs.holder_key is distinct from duties.speaker_key
),

-- nobody rejects his own demand: 'he' was read as the wrong one
own as (
    select distinct
        refusals.document_id,
        refusals.origin_number,
        refusals.clause_number,
        refusals.rule_key
    from sound as refusals
    inner join sound as demands
        on
            refusals.document_id = demands.document_id
            and refusals.origin_number = demands.origin_number
            and refusals.holder_key = demands.holder_key
            and refusals.depth >= demands.depth
    where
        refusals.modality in ('rejects', 'rules_out')
        and refusals.holder = 'speaker'
        and demands.rule_key like 'noun_%'
)

select
    document_id,
    origin_number,
    clause_number,
    rule_key
from governed
where
    is_asked
    or is_refused
union
select
    document_id,
    origin_number,
    clause_number,
    rule_key
from owed
union
select
    document_id,
    origin_number,
    clause_number,
    rule_key
from own
