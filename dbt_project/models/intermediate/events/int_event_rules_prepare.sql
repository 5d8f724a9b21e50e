-- The rule seed with its word lists as tags, so that a condition is one list operation and no regular expression.
with

rules as (
    select * from {{ ref('event_rules') }}
),

final as (
    select
        rules.*,
        {{ condition_tags('condition_role', 'condition_words') }} as condition_tags,
        {{ condition_tags('second_role', 'second_words') }} as second_tags,
        list_transform(string_split(coalesce(rules.without_words, ''), '|'), lambda w: 'frame=' || w)
            as without_tags,
        cast(rules.condition_role is not null as integer)
        + cast(rules.second_role is not null as integer) as condition_count
    from rules
)

select * from final
