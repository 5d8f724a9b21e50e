-- Arguments whose noun tells behind it whom it stands for: "negotiators from Lorvia and Veshia", "the round between Lorvia
-- and Veshia". One row per argument.
with

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

names as (
    select * from {{ ref('int_mentions_resolve') }}
    where on_behalf_key is not null and actor_type != 'person' and mention_type in ('name', 'metonym')
),

final as (
    select
        arguments.document_id,
        arguments.clause_number,
        arguments.argument_number,
        list_sort(list(distinct names.on_behalf_key)) as principals
    from arguments
    inner join names
        on
            arguments.document_id = names.document_id
            and names.char_start > arguments.head_start
            and names.char_end <= arguments.char_end
    where
        regexp_matches(arguments.text, '^[^,]*? (from|of|between) ')
    group by arguments.document_id, arguments.clause_number, arguments.argument_number
)

select * from final
