-- Names in front of or behind an office or a group, in the texts of a collection, and whether only a state has what they
-- own: ministers of its own, a government, an army. One row per name and noun that it owns.
with

mentions as (
    select * from {{ ref('int_mentions_prepare') }}
),

final as (
    select distinct
        mentions.collection_key,
        {{ name_key('trim(part)') }} as name_key,
        coalesce(
            regexp_matches(
                mentions.role_noun,
                '(^|acting |deputy )(prime|foreign|defence|interior) minister$|^(president|king|queen|emir|sultan)$'
            )
            or mentions.head_lemma in ('government', 'army', 'parliament', 'embassy', 'ministry'), false
        ) as is_of_state,
        mentions.role_noun = 'president' as is_president,
        coalesce(mentions.role_noun, mentions.head_lemma) as owned_noun
    from mentions,
        unnest(string_split_regex(coalesce(mentions.role_of_text, mentions.modifier_text), '(, and | and |, )'))
            as t (part)
)

select * from final
