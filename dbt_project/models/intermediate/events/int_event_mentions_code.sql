-- One row per mention of an event: its act with the finest code its words allow, and the code for what became of it. The
-- toll of an attack is no event beside it.
with

acts as (
    select * from {{ ref('int_event_acts_choose') }}
),

topics as (
    select * from {{ ref('int_event_topics_find') }}
),

codes as (
    select * from {{ ref('status_codes') }}
),

refined as (
    select
        acts.* exclude (act_code),
        coalesce(topics.refined_code, acts.act_code) as act_code
    from acts
    anti join {{ ref('int_event_tolls_find') }} as tolls
        on
            acts.document_id = tolls.document_id
            and acts.clause_number = tolls.clause_number
    left join topics
        on
            acts.document_id = topics.document_id
            and acts.clause_number = topics.clause_number
),

prefixed as (
    select
        refined.document_id,
        refined.clause_number,
        arg_max(codes.planned_code, length(codes.act_prefix)) as planned_code,
        arg_max(codes.refused_code, length(codes.act_prefix)) as refused_code,
        arg_max(codes.undone_code, length(codes.act_prefix)) as undone_code
    from refined
    inner join codes on starts_with(refined.act_code, codes.act_prefix)
    group by refined.document_id, refined.clause_number
),

final as (
    select
        refined.*,
        {{ cameo_code_of('refined.status', 'refined.act_code', 'prefixed') }} as cameo_code
    from refined
    left join prefixed
        on
            refined.document_id = prefixed.document_id
            and refined.clause_number = prefixed.clause_number
)

select * from final
