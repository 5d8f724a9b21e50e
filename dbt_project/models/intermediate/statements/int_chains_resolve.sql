-- One row per sourcing chain, with the root that independent corroboration counts, and its grade.
with

roots as (
    select * from {{ ref('int_chain_roots_find') }}
),

grades as (
    select * from {{ ref('source_grades') }}
),

-- an outlet that others cite is the root of its own article too, so that scoop and re-reports count once
cited as (
    select * from {{ ref('int_outlets_cite') }}
),

final as (
    select
        roots.document_id,
        roots.collection_key,
        roots.chain_number,
        roots.chain_id,
        cast(roots.depth as integer) as depth,
        case
            when roots.cited_key is not null then roots.cited_key
            when
                roots.root_kind != 'unattributed'
                and not starts_with(roots.root_kind, 'anonymous')
                and roots.last_actor_key is not null
                then roots.last_actor_key
            when cited.cited_key is not null then cited.cited_key
            when starts_with(roots.root_kind, 'anonymous') or roots.root_kind = 'leaked_document'
                then 'anon:' || roots.story_id
            else 'story:' || roots.story_id
        end as root_key,
        roots.root_kind,
        coalesce(roots.is_explicit, false) as is_explicit,
        case when coalesce(roots.source_count, 2) > 1 then grades.several_grade else grades.grade end as grade
    from roots
    inner join grades
        on roots.root_kind = grades.root_kind
    left join cited
        on
            roots.collection_key = cited.collection_key
            and roots.publisher_key = cited.cited_key
)

select * from final
