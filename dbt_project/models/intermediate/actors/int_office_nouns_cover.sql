-- Nouns for an office in a text, each with the nouns of held offices that it can mean: 'envoy' may be a special envoy,
-- 'leader' whoever heads the state. One row per pair.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
    where role_noun is not null
),

roles as (
    select * from {{ ref('int_offices_collect') }}
),

role_nouns as (
    select distinct
        role_noun,
        rank
    from {{ ref('role_nouns') }}
),

final as (
    select distinct
        asked.role_noun as asked_noun,
        held.role_noun as held_noun,
        asked.role_noun = held.role_noun as is_exact
    from (select distinct role_noun from mentions) as asked
    inner join (select distinct role_noun from roles) as held
        on
            asked.role_noun = held.role_noun
            or (
                asked.role_noun in ('envoy', 'adviser', 'aide', 'minister', 'negotiator', 'representative')
                and held.role_noun like '% ' || asked.role_noun
            )
            or (asked.role_noun = 'presidential aide' and held.role_noun in ('aide', 'foreign policy adviser'))
            or (
                asked.role_noun = 'leader' and held.role_noun in (
                    select role_noun from role_nouns
                    where rank = 'leader'
                )
            )
)

select * from final
