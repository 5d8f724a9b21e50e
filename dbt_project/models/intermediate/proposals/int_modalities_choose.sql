-- One row per matched clause and holder: the reading that counts. The nearest rule wins; a plain future or past of the
-- holder's own act wins over a verb of saying above it; whoever accepts or rejects further up holds a second position.
with

sound as (
    select * from {{ ref('int_modalities_sift') }}
),

nearest as (
    select
        *,
        min(depth) filter (where precedence < 90) over reading as explicit_depth,
        first(modality order by case when precedence < 90 then 0 else 1 end, depth, precedence, rule_key)
            over reading
            as explicit_modality,
        first(holder_key order by case when precedence < 90 then 0 else 1 end, depth, precedence, rule_key)
            over reading
            as explicit_holder_key,
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
            when
                precedence >= 90
                and explicit_holder_key = holder_key
                and explicit_modality in ('demands', 'reaffirms', 'offers', 'proposes', 'blocked')
                and modality != 'implements'
                then 0
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
    select * from ranked
    where choice = 1
),

-- who accepts or rejects what another one asks for
responses as (
    select distinct on (ranked.document_id, ranked.origin_number) ranked.*
    from ranked
    inner join main
        on
            ranked.document_id = main.document_id
            and ranked.origin_number = main.origin_number
    where
        ranked.choice > 1
        and ranked.tier = 1
        and ranked.depth > main.depth
        and main.tier = 1
        and ranked.modality in ('accepts', 'rejects', 'rules_out', 'withdraws_offer', 'withdraws_demand')
        and ranked.holder_key != coalesce(main.holder_key, '')
    order by ranked.document_id, ranked.origin_number, ranked.depth
),

-- 'a truce offered by Y'
offered as (
    select distinct
        offers.document_id,
        offers.parent_clause_number as origin_number
    from {{ ref('stg_language__clauses') }} as offers
    inner join {{ ref('modality_rules') }} as rules
        on
            offers.lemma = rules.anchor_lemma
            and rules.clause_kind = 'verb'
            and rules.modality in ('offers', 'proposes')
    inner join {{ ref('stg_language__clause_arguments') }} as arguments
        on
            offers.document_id = arguments.document_id
            and offers.clause_number = arguments.clause_number
            and arguments.role = 'agent'
    where
        offers.relation = 'acl'
        and offers.is_passive
),

final as (
    select
        main.*,
        false as is_response,
        offered.document_id is not null as is_answer_to_offer,
        responses.document_id is not null as is_answered
    from main
    left join responses
        on
            main.document_id = responses.document_id
            and main.origin_number = responses.origin_number
    left join offered
        on
            main.document_id = offered.document_id
            and main.origin_number = offered.origin_number
    union all by name
    select
        responses.*,
        true as is_response,
        main.holder_key is not null and main.modality in ('offers', 'proposes', 'floats') as is_answer_to_offer,
        false as is_answered
    from responses
    inner join main
        on
            responses.document_id = main.document_id
            and responses.origin_number = main.origin_number
)

select
    *,
    coalesce(modality != 'hopes' and block_depth > 0, false) as is_doubtful
from final
