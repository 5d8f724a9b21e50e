with

replaced as (
    select * from {{ ref('int_versions_replace') }}
),

facts as (
    select * from {{ ref('int_version_facts_key') }}
),

actors as (
    select * from {{ ref('int_actors_collect') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

-- what the next version still says, or the latest says again, nobody has taken back
carried as (
    select facts.fact_id
    from facts
    inner join (
        select
            document_id,
            next_document_id as later_document_id
        from replaced
        union
        select
            document_id,
            latest_document_id as later_document_id
        from replaced
    ) as later
        on facts.document_id = later.document_id
    inner join facts as others
        on
            later.later_document_id = others.document_id
            and facts.fact_table = others.fact_table
            and facts.sameness is not distinct from others.sameness
            and coalesce(contains(others.words, facts.words) or contains(facts.words, others.words), true)
),

gone as (
    select
        facts.*,
        replaced.collection_key,
        replaced.next_document_id,
        replaced.known_from_at,
        replaced.known_to_at
    from facts
    inner join replaced
        on facts.document_id = replaced.document_id
    anti join carried
        on facts.fact_id = carried.fact_id
),

named as (
    {{ actors_of('gone', 'actor_key') }}
),

final as (
    select
        gone.fact_table,
        gone.fact_id,
        gone.collection_key,
        gone.document_id,
        gone.next_document_id as replaced_by_document_id,
        cast(gone.char_start as integer) as char_start,
        cast(gone.char_end as integer) as char_end,
        case
            when
                documents.rights = 'full_text'
                then substring(documents.body, gone.char_start + 1, gone.char_end - gone.char_start)
        end as text,
        named.actor_id,
        gone.issue_key,
        gone.scope_key,
        cast(gone.level as integer) as level,
        gone.event_type,
        cast(gone.known_from_at as timestamp) as known_from_at,
        cast(gone.known_to_at as timestamp) as known_to_at
    from gone
    inner join documents
        on gone.document_id = documents.document_id
    left join named
        on
            gone.actor_key = named.actor_key
            and gone.collection_key = named.of_collection_key
)

select * from final
