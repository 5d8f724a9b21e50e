-- One row per reading that rests on its own words: none under an if or a question, and no deed in the past tense unless the
-- verb itself carries the issue.
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
    where (readings.rule_key like 'condition_%' or not exists (
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
    ))
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
)

select * from sound
