-- One row per event mention with a place: the nearest place name of a dictionary among its arguments, the larger town first.
with

circumstances as (
    select * from {{ ref('int_event_circumstances_collect') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

mentions as (
    select * from {{ ref('stg_language__mentions') }}
),

events as (
    select * from {{ ref('int_event_mentions_code') }}
),

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

places as (
    select distinct on (lower(place_name))
        lower(place_name) as place_key,
        place_name,
        country_iso3,
        latitude,
        longitude
    from {{ ref('places') }}
    order by lower(place_name), population desc nulls last, country_iso3
),

-- inside "the port of Odesa" the mention is the place, not the head of the argument
inside as (
    select
        circumstances.document_id,
        circumstances.clause_number,
        circumstances.distance,
        arguments.argument_number,
        arguments.preposition,
        arguments.role,
        lower(regexp_replace(mentions.surface, '^(the|The) |[''’]s$', '', 'g')) as place_key,
        mentions.is_place
    from circumstances
    inner join arguments
        on
            circumstances.document_id = arguments.document_id
            and circumstances.context_number = arguments.clause_number
    inner join mentions
        on
            arguments.document_id = mentions.document_id
            and mentions.char_start >= arguments.char_start
            and mentions.char_end <= arguments.char_end
),

-- a town inside another argument: "met the foreign minister in Geneva"
beside as (
    select
        events.document_id,
        events.clause_number,
        9 as distance,
        mentions.mention_number as argument_number,
        'in' as preposition,
        'oblique' as role,
        lower(regexp_replace(mentions.surface, '^(the|The) |[''’]s$', '', 'g')) as place_key,
        true as is_place
    from events
    inner join clauses
        on
            events.document_id = clauses.document_id
            and events.clause_number = clauses.clause_number
    inner join mentions
        on
            events.document_id = mentions.document_id
            and clauses.sentence_number = mentions.sentence_number
            and mentions.char_start >= clauses.trigger_end
            and mentions.char_end <= clauses.char_end
    where mentions.is_place and events.direction in ('reciprocal', 'mutual', 'visit', 'host', 'attack')
),

offered as (
    select * from inside
    union all
    select * from beside
),

final as (
    select distinct on (offered.document_id, offered.clause_number)
        offered.document_id,
        offered.clause_number,
        places.place_name,
        places.country_iso3,
        places.latitude,
        places.longitude
    from offered
    inner join places on offered.place_key = places.place_key
    inner join events
        on
            offered.document_id = events.document_id
            and offered.clause_number = events.clause_number
    where
        (offered.role = 'oblique' and offered.preposition in ('in', 'at', 'near', 'outside', 'inside', 'around'))
        or (
            offered.role in ('object', 'oblique')
            and offered.preposition in ('', 'to')
            and events.direction in ('visit', 'attack')
        )
        or (offered.role = 'modifier' and offered.is_place)
        or (
            offered.is_place
            and offered.role = 'oblique'
            and offered.preposition in ('with', 'to', 'from', 'into', 'on')
        )
    order by
        offered.document_id, offered.clause_number,
        offered.distance, offered.preposition in ('in', 'at') desc, offered.argument_number, places.place_key
)

select * from final
