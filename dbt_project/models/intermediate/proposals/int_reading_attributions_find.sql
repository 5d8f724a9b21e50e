-- One row per modality reading that somebody's words carry, with the attribution they are given to: the clause's own, one
-- that covers it, or the one before it in a list of demands.
with

readings as (
    select * from {{ ref('int_modalities_read') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

-- 'Kyiv must also': a list of demands goes on with the party that spoke in the sentence before
carried as (
    select
        attributions.document_id,
        sentences.sentence_number + 1 as sentence_number,
        max(attributions.attribution_number) as attribution_number
    from attributions
    inner join {{ ref('stg_language__sentences') }} as sentences
        on
            attributions.document_id = sentences.document_id
            and attributions.cue_start >= sentences.char_start
            and attributions.cue_end <= sentences.char_end
    where
        attributions.on_behalf_of_actor_key is not null
        and attributions.attribution_kind = 'speech'
    group by attributions.document_id, sentences.sentence_number
),

-- what a later '…, the minister said' covers is his, though a parse may have hung the saying below it
covered as (
    select distinct on (paths.document_id, paths.clause_number)
        paths.document_id,
        paths.clause_number,
        attributions.attribution_number
    from paths
    inner join attributions
        on
            paths.document_id = attributions.document_id
            and paths.trigger_start >= attributions.char_start
            and paths.trigger_end <= attributions.char_end
            and not attributions.cue_start between attributions.char_start and attributions.char_end
    where paths.attribution_number is null
    order by paths.document_id, paths.clause_number, attributions.char_end - attributions.char_start
)

select distinct
    readings.document_id,
    readings.origin_number,
    readings.clause_number,
    readings.rule_key,
    coalesce(paths.attribution_number, covered.attribution_number, carried.attribution_number) as attribution_number
from readings
inner join paths
    on
        readings.document_id = paths.document_id
        and readings.origin_number = paths.origin_number
        and readings.clause_number = paths.clause_number
left join covered
    on
        paths.document_id = covered.document_id
        and paths.clause_number = covered.clause_number
left join carried
    on
        paths.document_id = carried.document_id
        and if(
            readings.holder = 'speaker'
            and (
                readings.rule_key = 'duty_must'
                or {{ has_word(padded('paths.own_lemmas'), "'also|too|moreover|furthermore|likewise'") }}
            ),
            paths.sentence_number, null
        )
        = carried.sentence_number
where coalesce(paths.attribution_number, covered.attribution_number, carried.attribution_number) is not null
