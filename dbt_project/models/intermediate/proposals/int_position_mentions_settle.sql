-- One row per position mention with the scope and voice that its document gives it: a mention without a narrow scope
-- takes the one narrower scope that the same move has elsewhere in the text, and an unsourced retelling of a leak in
-- the same text is part of the leak. Texts of the same days that retell one leak in other words (the line, the regions,
-- the parts of them) tell one move: it has the narrowest scope that one of them gives.
with

mentions as (
    select * exclude (is_latest_version) from {{ ref('int_position_mentions_code') }}
    where is_latest_version
),

ancestors as (
    select * from {{ ref('int_scope_ancestors_list') }}
),

narrower as (
    select
        wide.position_mention_id,
        count(distinct narrow.scope_key) as scope_count,
        min(narrow.scope_key) as scope_key
    from mentions as wide
    inner join ancestors
        on wide.scope_key = ancestors.ancestor_key
    inner join mentions as narrow
        on
            wide.document_id = narrow.document_id
            and wide.actor_key = narrow.actor_key
            and wide.issue_key = narrow.issue_key
            and ancestors.scope_key = narrow.scope_key
    where
        not wide.is_presupposed
        and not narrow.is_presupposed
        and wide.is_background = narrow.is_background
        and wide.level = narrow.level
    group by wide.position_mention_id
),

-- who gives up a claim to a place that no seed knows and takes a line instead takes it there
yielded as (
    select
        wide.position_mention_id,
        min(given_up.scope_key) as scope_key
    from mentions as wide
    inner join mentions as given_up
        on
            wide.document_id = given_up.document_id
            and wide.actor_key = given_up.actor_key
            and wide.issue_key = given_up.issue_key
            and wide.voice = given_up.voice
    where
        wide.scope_key in ('general_line', 'general_territory')
        and wide.level is not null
        and given_up.scope_key like 'place:%'
        and given_up.modality = 'withdraws_demand'
    group by wide.position_mention_id
    having count(distinct given_up.scope_key) = 1
),

retold as (
    select * from {{ ref('int_leaks_retell') }}
),

leaks as (
    select distinct
        document_id,
        actor_key,
        issue_key,
        level_min,
        level_max,
        chain_id,
        root_key,
        root_kind,
        grade,
        epistemic_status
    from mentions
    where
        voice = 'reported_private'
        and not is_background
),

absorbed as (
    select distinct on (mentions.position_mention_id)
        mentions.position_mention_id,
        leaks.chain_id,
        leaks.root_key,
        leaks.root_kind,
        leaks.grade,
        leaks.epistemic_status
    from mentions
    inner join leaks
        on
            mentions.document_id = leaks.document_id
            and mentions.actor_key = leaks.actor_key
            and mentions.issue_key = leaks.issue_key
            and mentions.level_min <= leaks.level_max
            and leaks.level_min <= mentions.level_max
    where
        mentions.voice = 'official'
        and mentions.root_kind = 'unattributed'
        and not mentions.is_background
    order by mentions.position_mention_id, leaks.grade, leaks.chain_id
)

select
    mentions.* exclude (scope_key, voice, chain_id, root_key, root_kind, grade, epistemic_status),
    case
        when narrower.scope_count = 1 then narrower.scope_key
        else coalesce(yielded.scope_key, retold.scope_key, mentions.scope_key)
    end as scope_key,
    case when absorbed.position_mention_id is not null then 'reported_private' else mentions.voice end as voice,
    coalesce(absorbed.chain_id, mentions.chain_id) as chain_id,
    coalesce(absorbed.root_key, mentions.root_key) as root_key,
    coalesce(absorbed.root_kind, mentions.root_kind) as root_kind,
    coalesce(absorbed.grade, mentions.grade) as grade,
    coalesce(absorbed.epistemic_status, mentions.epistemic_status) as epistemic_status
from mentions
left join narrower
    on mentions.position_mention_id = narrower.position_mention_id
left join yielded
    on mentions.position_mention_id = yielded.position_mention_id
left join retold
    on
        mentions.voice = 'reported_private'
        and not mentions.is_background
        and mentions.collection_key = retold.collection_key
        and mentions.actor_key = retold.actor_key
        and mentions.issue_key = retold.issue_key
        and mentions.scope_key = retold.wide_scope_key
        and mentions.level = retold.level
        and coalesce(mentions.published_date, mentions.held_to_date) = retold.told_date
left join absorbed
    on mentions.position_mention_id = absorbed.position_mention_id
