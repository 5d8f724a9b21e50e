-- People inside an argument that is headed by another: "Foreign ministers A of X and B of Y met". One row per person, in
-- the shape of an argument.
with

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

people as (
    select * from {{ ref('stg_language__mentions') }}
    where label = 'PERSON' and mention_type = 'name'
),

final as (
    select
        arguments.document_id,
        arguments.clause_number,
        arguments.argument_number,
        arguments.role,
        arguments.preposition,
        people.char_start,
        people.char_end,
        people.surface as text,
        people.head_start,
        people.head_lemma,
        lower(people.surface) as lemmas,
        people.mention_number,
        arguments.is_shared
    from arguments
    inner join people
        on
            arguments.document_id = people.document_id
            and people.char_start > arguments.head_start
            and people.char_end <= arguments.char_end
    anti join arguments as own
        on
            people.document_id = own.document_id
            and arguments.clause_number = own.clause_number
            and people.mention_number = own.mention_number
    where
        arguments.role in ('subject', 'object', 'oblique')
        and contains(arguments.text, ' and ' || coalesce(people.role_text || ' ', '') || people.surface)
)

select * from final
