-- One row per event mention with a place: the nearest place name of a dictionary among its arguments, the larger town first.
with

circumstances as (
    select * from {{ ref('int_event_circumstances_collect') }}
),

arguments as (
    select * from {{ ref('stg_language__clause_arguments') }}
),

clauses as (
    select
        document_id,
        clause_number,
        sentence_number
    from {{ ref('stg_language__clauses') }}
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
        kind,
        country_iso3,
        latitude,
        longitude
    from {{ ref('places') }}
    order by lower(place_name), population desc nulls last, country_iso3
),

documents as (
    select
        document_id,
        body
    from {{ ref('int_documents_resolve') }}
),

-- inside "the port of Odesa" the mention is the place; inside "a war in Ukraine" it is not; a town right after "in" is,
-- whatever it is said of: "met the foreign minister in Geneva", "at a market in Peshawar"
offered as (
    select
        circumstances.document_id,
        circumstances.clause_number,
        circumstances.distance,
        arguments.argument_number,
        arguments.preposition,
        arguments.role,
        lower(regexp_replace(mentions.surface, '^(the|The) |[''’]s$', '', 'g')) as place_key,
        mentions.is_place,
        mentions.head_start = arguments.head_start
        or arguments.head_lemma in (
            'port', 'city', 'town', 'capital', 'region', 'village', 'outskirts', 'suburb', 'district', 'province',
            'area', 'part', 'south', 'north', 'east', 'west', 'heart', 'centre', 'center', 'airport', 'hotel', 'palace',
            'base', 'embassy', 'headquarters', 'residence', 'building', 'camp', 'resort', 'island', 'border', 'street',
            'coast', 'square', 'club', 'estate', 'castle', 'venue', 'state', 'republic', 'house'
        ) as is_direct,
        regexp_matches(
            substr(documents.body, greatest(mentions.char_start - 13, 1), least(mentions.char_start, 14)),
            '\b(in|at|near|outside|inside)( the| central| downtown| nearby)? $'
        ) as is_in
    from circumstances
    inner join arguments
        on
            circumstances.document_id = arguments.document_id
            and circumstances.context_number = arguments.clause_number
    inner join clauses
        on
            arguments.document_id = clauses.document_id
            and arguments.clause_number = clauses.clause_number
    inner join mentions
        on
            clauses.document_id = mentions.document_id
            and clauses.sentence_number = mentions.sentence_number
            and mentions.char_start >= arguments.char_start
            and mentions.char_end <= arguments.char_end
    inner join documents on circumstances.document_id = documents.document_id
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
        (offered.is_in and not offered.is_direct and places.kind = 'city')
        or (
            offered.is_direct and (
                (
                    offered.role = 'oblique'
                    and offered.preposition in ('in', 'at', 'near', 'outside', 'inside', 'around', 'through', 'across')
                )
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
            )
        )
    order by
        offered.document_id, offered.clause_number,
        offered.distance, offered.is_direct desc, offered.preposition in ('in', 'at') desc,
        offered.argument_number, places.place_key
)

select * from final
