-- The log of the unknown, names: the most widespread first.
select
    name_key,
    label,
    example,
    role_text,
    actor_key,
    cast(mention_count as bigint) as mention_count,
    cast(document_count as bigint) as document_count
from {{ ref('int_unknown_names_count') }}
order by document_count desc, mention_count desc, name_key asc
