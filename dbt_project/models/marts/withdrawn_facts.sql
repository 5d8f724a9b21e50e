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
    inner join replaced
        on facts.document_id = replaced.document_id
    inner join facts as others
        on
            others.document_id in (replaced.next_document_id, replaced.latest_document_id)
            and facts.fact_table = others.fact_table
            and facts.sameness is not distinct from others.sameness
            and coalesce(contains(others.words, facts.words) or contains(facts.words, others.words), true)
),

final as (
    select
        facts.fact_table,
        facts.fact_id,
        replaced.collection_key,
        facts.document_id,
        replaced.next_document_id as replaced_by_document_id,
        cast(facts.char_start as integer) as char_start,
        cast(facts.char_end as integer) as char_end,
        case
            when
                documents.rights = 'full_text'
                then substring(documents.body, facts.char_start + 1, facts.char_end - facts.char_start)
        end as text,
        actors.actor_id,
        facts.issue_key,
        facts.scope_key,
        cast(facts.level as integer) as level,
        facts.event_type,
        cast(replaced.known_from_at as timestamp) as known_from_at,
        cast(replaced.known_to_at as timestamp) as known_to_at
    from facts
    inner join replaced
        on facts.document_id = replaced.document_id
    inner join documents
        on facts.document_id = documents.document_id
    anti join carried
        on facts.fact_id = carried.fact_id
    left join actors
        on
            facts.actor_key = actors.actor_key
            and coalesce(actors.collection_key, replaced.collection_key) = replaced.collection_key
)

select * from final
