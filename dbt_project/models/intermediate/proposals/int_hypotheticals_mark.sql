-- One row per clause on a path that is told as a condition or a question: nobody holds what it says.
select distinct
    paths.document_id,
    paths.origin_number,
    paths.clause_number
from {{ ref('int_clause_paths_climb') }} as paths
inner join {{ ref('condition_markers') }} as markers
    on
        paths.marker = markers.marker
        and (markers.kind in ('condition', 'question') or markers.marker = 'before')
where
    paths.marker != 'whether'
    or paths.relation in ('ccomp', 'pcomp')
