-- One row per position mention with the actor it is addressed to: with, to or from whom, or whoever else would act.
with

mentions as (
    select * from {{ ref('int_position_mentions_code') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

resolved as (
    select * from {{ ref('int_mentions_resolve') }}
)

select distinct on (mentions.position_mention_id)
    mentions.position_mention_id,
    coalesce(resolved.on_behalf_key, resolved.principal_key, resolved.actor_key) as addressee_key
from mentions
inner join arguments
    on
        mentions.document_id = arguments.document_id
        and arguments.clause_number in (mentions.clause_number, mentions.modality_number)
inner join resolved
    on
        arguments.document_id = resolved.document_id
        and arguments.mention_number = resolved.mention_number
where (
    arguments.role in ('subject', 'indirect_object')
    or (arguments.role = 'oblique' and arguments.preposition in ('with', 'to', 'from', 'on'))
)
and not coalesce(resolved.is_place, false)
and coalesce(resolved.on_behalf_key, resolved.principal_key, resolved.actor_key) != mentions.actor_key
and resolved.actor_key not like 'outlet:%'
and not coalesce(resolved.is_anonymous, false)
order by
    mentions.position_mention_id,
    arguments.clause_number = mentions.clause_number desc,
    arguments.is_shared,
    arguments.argument_number
