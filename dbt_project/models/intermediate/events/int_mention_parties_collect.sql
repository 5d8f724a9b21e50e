-- The parties behind a mention, one row each: those its own words name, and for 'the two sides', 'both delegations' or
-- 'negotiators from both sides' the two that the text names together: the last clause before with exactly two parties,
-- else the pair of the text's conflict, else the only two it has. Anything less clear stays without a party.
with

principals as (
    select * from {{ ref('int_mention_principals_expand') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

behind_noun as (
    select * from {{ ref('int_event_phrases_read') }}
),

conflicts as (
    select
        detected.document_id,
        [definitions.first_party_key, definitions.second_party_key] as parties
    from {{ ref('int_conflicts_detect') }} as detected
    inner join {{ ref('conflict_definitions') }} as definitions on detected.conflict_key = definitions.conflict_key
),

sides as (
    select
        document_id,
        mention_number,
        sentence_number,
        char_start
    from mentions
    where
        mention_type in ('nominal', 'role') and actor_id is null
        and regexp_matches(lower(surface), '{{ var("two_sides") }}')
),

named as (
    select
        mentions.document_id,
        mentions.mention_number,
        mentions.sentence_number,
        mentions.char_end,
        principals.principal_key
    from mentions
    inner join principals
        on mentions.document_id = principals.document_id and mentions.mention_number = principals.mention_number
    where
        not mentions.is_place and not mentions.is_anonymous
        and mentions.actor_type not in ('outlet', 'igo', 'company')
        and mentions.document_id in (select document_id from sides)
),

told as (
    select
        arguments.document_id,
        arguments.clause_number,
        named.sentence_number,
        named.char_end,
        named.principal_key
    from arguments
    inner join named
        on arguments.document_id = named.document_id and arguments.mention_number = named.mention_number
    where arguments.role in ('subject', 'object', 'agent') or arguments.preposition in ('with', 'between', 'and')
    union all
    select
        behind_noun.document_id,
        behind_noun.clause_number,
        mentions.sentence_number,
        mentions.char_end,
        unnest(behind_noun.principals) as principal_key
    from behind_noun
    inner join arguments
        on
            behind_noun.document_id = arguments.document_id
            and behind_noun.clause_number = arguments.clause_number
            and behind_noun.argument_number = arguments.argument_number
    inner join mentions
        on arguments.document_id = mentions.document_id and arguments.mention_number = mentions.mention_number
),

clauses as (
    select
        document_id,
        clause_number,
        min(sentence_number) as sentence_number,
        max(char_end) as char_end,
        list_sort(list(distinct principal_key)) as parties
    from told
    group by document_id, clause_number
    having count(distinct principal_key) = 2
),

texts as (
    select
        document_id,
        list_sort(list(distinct principal_key)) as parties
    from named
    group by document_id
),

paired as (
    select
        sides.document_id,
        sides.mention_number,
        coalesce(
            arg_max(clauses.parties, (clauses.sentence_number, clauses.clause_number)),
            any_value(if(list_has_all(texts.parties, conflicts.parties), conflicts.parties, null)),
            any_value(if(len(texts.parties) = 2, texts.parties, null))
        ) as parties
    from sides
    left join clauses
        on
            sides.document_id = clauses.document_id
            and clauses.char_end < sides.char_start
            and sides.sentence_number - clauses.sentence_number < 4
    left join conflicts on sides.document_id = conflicts.document_id
    left join texts on sides.document_id = texts.document_id
    group by sides.document_id, sides.mention_number
),

final as (
    select * from principals
    union
    select
        document_id,
        mention_number,
        unnest(parties) as principal_key
    from paired
)

select * from final
