-- One row per reading that can count: where one verb governs another, the one that tells what is held (who urges others to
-- accept asks, who refuses to sign has not signed), and nothing that somebody did not say.
with

sound as (
    select * from {{ ref('int_modalities_ground') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

-- what somebody did not say, or does not want to
unsaid as (
    select
        document_id,
        origin_number,
        min(depth) as depth
    from paths
    where
        is_negated
        and lemma in ('say', 'tell', 'state', 'claim', 'want', 'mean', 'announce', 'confirm', 'reveal')
    group by document_id, origin_number
)

select sound.*
from sound
left join {{ ref('int_modalities_govern') }} as governed
    on
        sound.document_id = governed.document_id
        and sound.origin_number = governed.origin_number
        and sound.clause_number = governed.clause_number
        and sound.rule_key = governed.rule_key
left join unsaid
    on
        sound.document_id = unsaid.document_id
        and sound.origin_number = unsaid.origin_number
        and sound.depth < unsaid.depth
where
    unsaid.document_id is null
    and governed.document_id is null
