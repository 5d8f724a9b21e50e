-- One row per collection and package, with its author, its place among versions of one author, and what became of it.
with

mentions as (
    select
        mentions.*,
        documents.collection_key,
        documents.published_at,
        documents.published_date
    from {{ ref('int_package_mentions_find') }} as mentions
    inner join {{ ref('int_documents_resolve') }} as documents
        on
            mentions.document_id = documents.document_id
            and documents.is_latest_version
),

authors as (
    select * from {{ ref('int_package_authors_find') }}
),

clauses as (
    select * from {{ ref('stg_language__clauses') }}
),

fates as (
    select
        mentions.collection_key,
        mentions.proposal_key,
        max(case
            when clauses.lemma = 'sign' and clauses.tense = 'past' then 4
            when clauses.lemma in ('reject', 'dismiss') and not clauses.is_negated then 3
            when
                clauses.lemma in ('accept', 'approve', 'endorse')
                and not clauses.is_negated
                and clauses.modal = ''
                and clauses.tense = 'past'
                then 2
            when clauses.lemma in ('present', 'table', 'submit', 'unveil', 'publish', 'put_forward', 'release') then 1
            else 0
        end) as fate
    from mentions
    inner join clauses
        on
            mentions.document_id = clauses.document_id
            and mentions.sentence_number = clauses.sentence_number
    group by mentions.collection_key, mentions.proposal_key
),

grouped as (
    select
        mentions.collection_key,
        mentions.proposal_key,
        any_value(mentions.name order by mentions.document_id) as name,
        any_value(mentions.conflict_key order by mentions.document_id) as conflict_key,
        coalesce(
            any_value(mentions.author_key order by mentions.document_id),
            any_value(authors.author_key order by authors.author_key)
        ) as author_key,
        any_value(mentions.point_count order by mentions.document_id) as point_count,
        any_value(mentions.tabled_date order by mentions.document_id) as tabled_date,
        min(mentions.published_at) as first_named_at,
        min(mentions.published_date) as first_named_date
    from mentions
    left join authors
        on
            mentions.collection_key = authors.collection_key
            and mentions.proposal_key = authors.proposal_key
    group by mentions.collection_key, mentions.proposal_key
),

versioned as (
    select
        grouped.*,
        {{ hash_id(['grouped.collection_key', 'grouped.proposal_key']) }} as proposal_id,
        fates.fate,
        row_number() over line as version_number,
        lag({{ hash_id(['grouped.collection_key', 'grouped.proposal_key']) }}) over line as supersedes_proposal_id,
        lead(grouped.proposal_key) over line as next_key
    from grouped
    left join fates
        on
            grouped.collection_key = fates.collection_key
            and grouped.proposal_key = fates.proposal_key
    window line as (
        -- numbers of points are versions of one plan where they have one author
        partition by
            grouped.collection_key, grouped.conflict_key,
            case
                when
                    grouped.proposal_key like '%_point_plan'
                    then coalesce('plan of ' || grouped.author_key, grouped.proposal_key)
                else grouped.proposal_key
            end
        order by grouped.first_named_at, grouped.point_count desc, grouped.proposal_key
    )
)

select
    *,
    case
        when fate = 4 then 'signed'
        when next_key is not null then 'superseded'
        when fate = 3 then 'rejected'
        when fate = 2 then 'accepted'
        when fate = 1 then 'tabled'
        else 'reported'
    end as status
from versioned
