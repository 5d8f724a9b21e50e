-- One row per clause and actor that acts in it as the second of a pair: in 'Russia and Ukraine signed' both did, and so they
-- did in 'the two sides signed'.
with

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select
        *,
        coalesce(on_behalf_key, principal_key, actor_key) as party_key
    from {{ ref('int_mentions_resolve') }}
    where
        actor_key is not null
        and not is_anonymous
),

subjects as (
    select
        arguments.document_id,
        arguments.clause_number,
        arguments.argument_number,
        mentions.party_key
    from arguments
    inner join mentions
        on
            arguments.document_id = mentions.document_id
            and arguments.mention_number = mentions.mention_number
    where arguments.role = 'subject'
),

sides as (
    select
        parties.document_id,
        parties.mention_number,
        min(parties.principal_key) as first_key,
        max(parties.principal_key) as second_key
    from {{ ref('int_mention_parties_collect') }} as parties
    anti join mentions
        on parties.document_id = mentions.document_id and parties.mention_number = mentions.mention_number
    group by parties.document_id, parties.mention_number
    having count(*) = 2
)

select distinct
    first_named.document_id,
    first_named.clause_number,
    first_named.party_key as first_key,
    second_named.party_key as second_key
from subjects as first_named
inner join subjects as second_named
    on
        first_named.document_id = second_named.document_id
        and first_named.clause_number = second_named.clause_number
        and first_named.argument_number < second_named.argument_number
where
    first_named.party_key != second_named.party_key
    and second_named.party_key not like 'person:%'
    and second_named.party_key not like 'outlet:%'
union
select
    arguments.document_id,
    arguments.clause_number,
    sides.first_key,
    sides.second_key
from sides
inner join arguments
    on sides.document_id = arguments.document_id and sides.mention_number = arguments.mention_number
where arguments.role = 'subject'
