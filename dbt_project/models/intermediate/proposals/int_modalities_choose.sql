-- One row per matched clause and holder: the reading that counts. The nearest rule wins; a plain future or past of the
-- holder's own act wins over a verb of saying above it; whoever accepts or rejects further up holds a second position.
with

readings as (
    select * from {{ ref('int_holders_resolve') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

matches as (
    select
        matches.*,
        cues.kind
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('issue_cues') }} as cues
        on matches.cue_key = cues.cue_key
),

-- an order of steps stands in the condition itself
orders as (
    select distinct
        document_id,
        clause_number
    from matches
    where kind = 'order'
),

hypothetical as (
    select * from {{ ref('int_hypotheticals_mark') }}
),

-- a past tense is a deed only where the verb itself carries the issue
sound as (
    select readings.*
    from readings
    inner join paths as origin
        on readings.document_id = origin.document_id
        and readings.origin_number = origin.origin_number
        and origin.depth = 0
    where not exists (
            select 1
            from hypothetical
            where hypothetical.document_id = readings.document_id
                and hypothetical.origin_number = readings.origin_number
                and (
                    hypothetical.clause_number = readings.clause_number
                    or (hypothetical.clause_number = readings.origin_number and not exists (
                        select 1
                        from orders
                        where orders.document_id = readings.document_id
                            and orders.clause_number = readings.origin_number
                    ))
                )
        )
        and (
            readings.rule_key not like 'tense_%'
            or exists (
                select 1
                from matches
                where matches.document_id = readings.document_id
                    and matches.clause_number = readings.origin_number
                    and contains(matches.window_text, ' ' || string_split(origin.lemma, '_')[1] || ' ')
            )
        )
),

nearest as (
    select
        *,
        min(depth) filter (where precedence < 90) over reading as explicit_depth,
        first(modality order by case when precedence < 90 then 0 else 1 end, depth, precedence, rule_key) over reading as explicit_modality,
        first(holder_key order by case when precedence < 90 then 0 else 1 end, depth, precedence, rule_key) over reading as explicit_holder_key,
        max(modality = 'blocked') over reading as has_block,
        -- a fear or belief of somebody, or a hope, above the clause
        max(case when modality in ('blocked', 'hopes') then depth end) over reading as block_depth
    from sound
    window reading as (partition by document_id, origin_number)
),

scored as (
    select
        *,
        case
            when modality = 'blocked' then 9
            when modality in ('withdraws_demand', 'withdraws_offer') and precedence <= 35 and depth <= 2 then 0
            when holder = 'argument' then 0
            when precedence >= 90 and explicit_depth is null then 0
            when precedence >= 90 and explicit_holder_key = holder_key and explicit_modality in ('demands', 'reaffirms', 'offers', 'proposes', 'blocked') and modality != 'implements' then 0
            when precedence >= 90 then 8
            else 1
        end as tier
    from nearest
),

ranked as (
    select
        *,
        row_number() over (partition by document_id, origin_number order by tier, depth, precedence, rule_key) as choice
    from scored
    where modality != 'blocked'
),

main as (
    select * from ranked where choice = 1
),

-- who accepts or rejects what another one asks for
responses as (
    select distinct on (ranked.document_id, ranked.origin_number)
        ranked.*
    from ranked
    inner join main
        on ranked.document_id = main.document_id
        and ranked.origin_number = main.origin_number
    where ranked.choice > 1
        and ranked.tier = 1
        and ranked.depth > main.depth
        and main.tier = 1
        and ranked.modality in ('accepts', 'rejects', 'rules_out', 'withdraws_offer', 'withdraws_demand')
        and ranked.holder_key != coalesce(main.holder_key, '')
    order by ranked.document_id, ranked.origin_number, ranked.depth
),

final as (
    select
        main.*,
        false as is_response,
        responses.document_id is not null as is_answered
    from main
    left join responses
        on main.document_id = responses.document_id
        and main.origin_number = responses.origin_number
    union all
    select
        *,
        true as is_response,
        false as is_answered
    from responses
)

select
    *,
    coalesce(modality != 'hopes' and block_depth > 0, false) as is_doubtful
from final
