-- One row per reading that can count: none under an if or a question, no deed without its own verb, and where one verb
-- governs another, the one that tells what is held: who urges others to accept asks, who refuses to sign has not signed.
with

readings as (
    select * from {{ ref('int_holders_resolve') }}
),

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
),

matches as (
    select
        matches.*,
        cues.kind
    from {{ ref('int_issue_matches_find') }} as matches
    inner join {{ ref('issue_cues') }} as cues
        on matches.cue_key = cues.cue_key
),

-- an order of steps stands in the condition itself
orders as (
    select distinct
        document_id,
        clause_number
    from matches
    where kind = 'order'
),

hypothetical as (
    select * from {{ ref('int_hypotheticals_mark') }}
),

-- a past tense is a deed only where the verb itself carries the issue
sound as (
    select readings.*
    from readings
    inner join paths as origin
        on
            readings.document_id = origin.document_id
            and readings.origin_number = origin.origin_number
            and origin.depth = 0
    where not exists (
        select 1
        from hypothetical
        where
            hypothetical.document_id = readings.document_id
            and hypothetical.origin_number = readings.origin_number
            and (
                hypothetical.clause_number = readings.clause_number
                or (hypothetical.clause_number = readings.origin_number and not exists (
                    select 1
                    from orders
                    where
                        orders.document_id = readings.document_id
                        and orders.clause_number = readings.origin_number
                ))
            )
    )
    and (
        readings.rule_key not like 'tense_%'
        or exists (
            select 1
            from matches
            where
                matches.document_id = readings.document_id
                and matches.clause_number = readings.origin_number
                and contains(matches.window_text, ' ' || string_split(origin.lemma, '_')[1] || ' ')
        )
    )
),

-- what governs a reading from the next clause above it
governed as (
    select
        inner_reading.document_id,
        inner_reading.origin_number,
        inner_reading.clause_number,
        inner_reading.rule_key,
        bool_or(
            inner_reading.modality in (
                'accepts', 'offers', 'ready_to', 'rejects', 'rules_out', 'withdraws_demand', 'withdraws_offer'
            )
            and outer_reading.modality in ('demands', 'proposes')
            and outer_reading.holder in ('subject', 'speaker')
            and (inner_path.relation = 'xcomp' or inner_reading.holder_key is distinct from outer_reading.holder_key)
        ) as is_asked,
        bool_or(
            inner_path.relation = 'xcomp'
            and (
                (
                    inner_reading.modality in ('accepts', 'offers', 'proposes', 'ready_to')
                    and outer_reading.modality in ('rejects', 'rules_out')
                )
                or (
                    inner_reading.rule_key like 'verb_sign%'
                    and outer_reading.modality in ('ready_to', 'offers', 'floats')
                )
            )
        ) as is_refused
    from sound as inner_reading
    inner join paths as inner_path
        on
            inner_reading.document_id = inner_path.document_id
            and inner_reading.origin_number = inner_path.origin_number
            and inner_reading.clause_number = inner_path.clause_number
    inner join sound as outer_reading
        on
            inner_reading.document_id = outer_reading.document_id
            and inner_reading.origin_number = outer_reading.origin_number
            and inner_path.parent_clause_number = outer_reading.clause_number
            and outer_reading.precedence < 90
    where inner_reading.precedence < 90
    group by inner_reading.document_id, inner_reading.origin_number, inner_reading.clause_number, inner_reading.rule_key
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
),

-- a duty that the same verb carries ('must accept') is what somebody else asks for
owed as (
    select distinct
        verbs.document_id,
        verbs.origin_number,
        verbs.clause_number,
        verbs.rule_key
    from sound as verbs
    inner join sound as duties
        on
            verbs.document_id = duties.document_id
            and verbs.origin_number = duties.origin_number
            and verbs.clause_number = duties.clause_number
    where
        duties.rule_key like 'duty_%'
        and verbs.modality in ('accepts', 'offers', 'withdraws_demand', 'withdraws_offer')
        and verbs.holder_key is distinct from duties.speaker_key
)

select sound.*
from sound
left join governed
    on
        sound.document_id = governed.document_id
        and sound.origin_number = governed.origin_number
        and sound.clause_number = governed.clause_number
        and sound.rule_key = governed.rule_key
left join owed
    on
        sound.document_id = owed.document_id
        and sound.origin_number = owed.origin_number
        and sound.clause_number = owed.clause_number
        and sound.rule_key = owed.rule_key
left join unsaid
    on
        sound.document_id = unsaid.document_id
        and sound.origin_number = unsaid.origin_number
        and sound.depth < unsaid.depth
where
    unsaid.document_id is null
    and not coalesce(governed.is_asked or governed.is_refused, false)
    and owed.document_id is null
