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
        on circumstances.document_id = arguments.document_id
        and circumstances.context_number = arguments.clause_number
    inner join mentions
        on arguments.document_id = mentions.document_id
        and mentions.char_start >= arguments.char_start
        and mentions.char_end <= arguments.char_end
),

final as (
    select distinct on (inside.document_id, inside.clause_number)
        inside.document_id,
        inside.clause_number,
        places.place_name,
        places.country_iso3,
        places.latitude,
        places.longitude
    from inside
    inner join places on inside.place_key = places.place_key
    inner join events
        on inside.document_id = events.document_id
        and inside.clause_number = events.clause_number
    where
        (inside.role = 'oblique' and inside.preposition in ('in', 'at', 'near', 'outside', 'inside', 'around'))
        or (inside.role in ('object', 'oblique') and inside.preposition in ('', 'to') and events.direction in ('visit', 'attack'))
        or (inside.role = 'modifier' and inside.is_place)
        or (inside.is_place and inside.role = 'oblique' and inside.preposition in ('with', 'to', 'from', 'into', 'on'))
    order by
        inside.document_id, inside.clause_number,
        inside.distance, inside.preposition in ('in', 'at') desc, inside.argument_number, places.place_key
)

select * from final
