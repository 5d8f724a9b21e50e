-- Every clause with what rules and weights ask of it: tags like 'object=talk', 'oblique_with=ukraine', 'governor=cancel'.
with

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

argument_tags as (
    select
        document_id,
        clause_number,
        argument_number,
        if(role = 'oblique', 'oblique_' || preposition, role) as role,
        string_split(lemmas, ' ') as words
    from arguments
),

tags as (
    select
        document_id,
        clause_number,
        -- sorted after, which takes less time than a list that is asked for in order
        flatten(list_transform(list_sort(list({
            'number': argument_number,
            'tags': [role || '=.'] || flatten(list_transform(words, lambda w: [role || '=' || w, 'frame=' || w]))
        })), lambda argument: argument.tags)) as tags
    from argument_tags
    group by document_id, clause_number
),

-- "Fick called Oden": a person is all that the verb takes, and nothing that he is called
lone_objects as (
    select
        document_id,
        clause_number,
        min(mention_number) as mention_number,
        min(head_start) as head_start
    from arguments
    where role in ('object', 'complement')
    group by document_id, clause_number
    having count(*) = 1
),

partners as (
    select
        lone_objects.document_id,
        lone_objects.clause_number
    from lone_objects
    inner join {{ ref('stg_language__mentions') }} as mentions
        on
            lone_objects.document_id = mentions.document_id
            and lone_objects.mention_number = mentions.mention_number
    where
        -- not the owner of the thing: "called the leader's words predictable"
        lone_objects.head_start >= mentions.char_start
        and lone_objects.head_start < mentions.char_end
        and (mentions.label = 'PERSON' or mentions.mention_type = 'role')
),

final as (
    select
        documents.collection_key,
        documents.published_date,
        documents.published_at,
        documents.is_latest_version,
        clauses.*,
        string_split(clauses.governor_lemmas, ' ') as governors,
        coalesce(tags.tags, [])
        || list_transform(string_split(clauses.own_lemmas, ' '), lambda w: 'frame=' || w)
        -- "the bus crashed, killing three": what the act happens in
        || if(
            clauses.relation in ('advcl', 'relcl', 'acl') and uppers.lemma is not null, ['frame=' || uppers.lemma], []
        )
        || list_transform(string_split(clauses.governor_lemmas, ' '), lambda w: 'governor=' || w)
        || if(partners.clause_number is null, [], ['partner=person'])
        || ['marker=' || clauses.marker, 'tense=' || clauses.tense, 'modal=' || clauses.modal] as tags
    from clauses
    inner join documents on clauses.document_id = documents.document_id
    left join tags
        on
            clauses.document_id = tags.document_id
            and clauses.clause_number = tags.clause_number
    left join partners
        on
            clauses.document_id = partners.document_id
            and clauses.clause_number = partners.clause_number
    left join clauses as uppers
        on
            clauses.document_id = uppers.document_id
            and clauses.parent_clause_number = uppers.clause_number
)

select * from final
