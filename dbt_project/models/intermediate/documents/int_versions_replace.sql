-- One row per version of an article that its publisher replaced, with the version that came next, the one that is read
-- now, and when the publisher says it was changed. A better cleaner's text of the same page replaces nothing.
with

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

latest as (
    select
        collection_key,
        url,
        document_id,
        version_number
    from documents
    where is_latest_version
),

followed as (
    select
        documents.document_id,
        documents.collection_key,
        documents.published_at,
        latest.document_id as latest_document_id,
        next_versions.document_id is null as is_taken_back,
        documents.version_cause as own_cause,
        coalesce(next_versions.document_id, latest.document_id) as next_document_id
    from documents
    inner join latest
        on
            documents.collection_key = latest.collection_key
            and documents.url = latest.url
    left join documents as next_versions
        on
            documents.collection_key = next_versions.collection_key
            and documents.url = next_versions.url
            and documents.version_number + 1 = next_versions.version_number
    where not documents.is_latest_version
),

-- where the publisher went back to an older text, that one comes next
final as (
    select
        followed.document_id,
        followed.collection_key,
        followed.next_document_id,
        followed.latest_document_id,
        followed.published_at as known_from_at,
        case
            when
                coalesce(nexts.modified_at, nexts.published_at) > followed.published_at
                then coalesce(nexts.modified_at, nexts.published_at)
        end as known_to_at
    from followed
    inner join documents as nexts
        on followed.next_document_id = nexts.document_id
    where case when followed.is_taken_back then followed.own_cause else nexts.version_cause end = 'publisher'
)

select * from final
