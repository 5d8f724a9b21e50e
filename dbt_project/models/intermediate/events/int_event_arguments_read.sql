-- Arguments that can name an actor, with the actor: no times. A pronoun that nobody resolved in reported speech is its
-- speaker ("they said they will ..."). Nouns that are acts themselves stay, as the last choice.
with

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
    union all by name
    select * from {{ ref('int_event_conjuncts_find') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

principals as (
    select
        document_id,
        mention_number,
        list_sort(list(distinct principal_key)) as principals
    from {{ ref('int_mention_parties_collect') }}
    group by document_id, mention_number
),

resolved as (
    select
        mentions.document_id,
        mentions.mention_number,
        mentions.mention_type,
        mentions.entity_name,
        actors.actor_id,
        actors.actor_key,
        actors.actor_type,
        actors.on_behalf_key,
        actors.is_place,
        principals.principals
    from {{ ref('stg_language__mentions') }} as mentions
    inner join {{ ref('int_mentions_resolve') }} as actors
        on
            mentions.document_id = actors.document_id
            and mentions.mention_number = actors.mention_number
    left join principals
        on
            mentions.document_id = principals.document_id
            and mentions.mention_number = principals.mention_number
),

behind_noun as (
    select * from {{ ref('int_event_phrases_read') }}
),

speakers as (
    select
        clauses.document_id,
        clauses.clause_number,
        arguments.text,
        arguments.mention_number
    from clauses
    inner join arguments
        on
            clauses.document_id = arguments.document_id
            and clauses.parent_clause_number = arguments.clause_number
    where clauses.relation = 'ccomp' and arguments.role = 'subject' and not arguments.is_shared
    qualify row_number() over (
        partition by clauses.document_id, clauses.clause_number order by arguments.argument_number
    ) = 1
),

read as (
    select
        arguments.* exclude (text, mention_number),
        if(speakers.text is null, arguments.text, speakers.text) as text,
        if(speakers.text is null, arguments.mention_number, speakers.mention_number) as mention_number
    from arguments
    left join resolved
        on
            arguments.document_id = resolved.document_id
            and arguments.mention_number = resolved.mention_number
    left join speakers
        on
            arguments.document_id = speakers.document_id
            -- in the key: a condition of its own makes an outer join compare every row with every row
            and if(
                arguments.role = 'subject'
                and resolved.actor_id is null
                and lower(arguments.text) in ('it', 'they', 'he', 'she', 'we', 'i'),
                arguments.clause_number, null
            ) = speakers.clause_number
    anti join {{ ref('stg_language__times') }} as times
        on
            arguments.document_id = times.document_id
            and arguments.head_start >= times.char_start
            and arguments.head_start < times.char_end
    where arguments.role != 'complement'
),

final as (
    select
        read.document_id,
        read.clause_number,
        read.argument_number,
        read.role,
        read.preposition,
        read.char_start,
        read.char_end,
        if(resolved.mention_type = 'pronoun' and resolved.entity_name is not null, resolved.entity_name, read.text)
            as text,
        read.head_start,
        read.is_shared,
        resolved.actor_id,
        resolved.actor_key,
        resolved.actor_type,
        resolved.on_behalf_key,
        if(
            resolved.mention_type in ('nominal', 'role') and len(behind_noun.principals) > 1
            and coalesce(len(resolved.principals), 0) < 2,
            behind_noun.principals, resolved.principals
        ) as principals,
        coalesce(resolved.is_place, false) as is_place,
        acts.trigger_start is not null as is_act,
        -- how far from naming an actor the words are
        case
            when resolved.actor_id is not null then 0
            when read.mention_number is not null and resolved.mention_type != 'pronoun' then 1
            when acts.trigger_start is not null then 14
            when
                lower(read.text) in (
                    'it', 'they', 'he', 'she', 'we', 'i', 'them', 'him', 'her', 'us', 'this', 'that', 'which', 'who'
                )
                then 20
            when regexp_matches(substr(read.text, 2), '[A-Z]') then 4
            else 10
        end as vagueness
    from read
    left join resolved
        on
            read.document_id = resolved.document_id
            and read.mention_number = resolved.mention_number
    left join behind_noun
        on
            read.document_id = behind_noun.document_id
            and read.clause_number = behind_noun.clause_number
            and read.argument_number = behind_noun.argument_number
    left join clauses as acts
        on
            read.document_id = acts.document_id
            and read.head_start = acts.trigger_start
)

select * from final
