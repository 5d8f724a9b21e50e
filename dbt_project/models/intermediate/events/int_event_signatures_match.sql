-- Pairs of signatures where the second can be the same event and tells more: its window is finer, or it has more parties
-- or a place. Nothing conflicts: parties of one are among the other's, places and rounds agree, windows overlap.
-- They meet by handles and stretches, since pairs of all that share a family and a party grow with their square.
with

signatures as (
    select * from {{ ref('int_event_signatures_rank') }}
),

listed as (
    select * from {{ ref('int_event_signatures_list') }}
),

asking as (
    select
        * exclude (asks, answers),
        unnest(asks) as stretch
    from {{ ref('int_event_handles_list') }}
),

answering as (
    select
        * exclude (asks, answers),
        unnest(answers) as stretch
    from {{ ref('int_event_handles_list') }}
),

{% set can_meet %}
            asking.collection_key = answering.collection_key
            and asking.family = answering.family
            and asking.handle = answering.handle
            and asking.stretch = answering.stretch
            and asking.window_from <= answering.window_to
            and asking.window_to >= answering.window_from
            and asking.signature_id != answering.signature_id
            and asking.asked_fineness >= answering.fineness
{% endset %}
met as (
    select
        asking.signature_id,
        answering.signature_id as upper_id
    from asking
    semi join listed on asking.signature_id = listed.signature_id
    inner join answering
        on {{ can_meet }}
    union
    -- pairs of which only the answering side is listed: none where all are
    select
        asking.signature_id,
        answering.signature_id as upper_id
    from answering
    semi join listed on answering.signature_id = listed.signature_id
    inner join (from asking anti join listed on asking.signature_id = listed.signature_id) as asking
        on {{ can_meet }}
),

final as (
    select
        met.signature_id,
        met.upper_id,
        coalesce(lower_side.place_name = upper_side.place_name, false) as is_same_place,
        list_has_any(lower_side.documents, upper_side.documents) as is_same_document,
        lower_side.is_coming and upper_side.window_to >= lower_side.published_date as is_next,
        upper_side.window_from
    from met
    inner join signatures as lower_side on met.signature_id = lower_side.signature_id
    inner join signatures as upper_side on met.upper_id = upper_side.signature_id
    where
        (
            list_has_all(upper_side.parties, lower_side.parties)
            or (len(upper_side.parties) > 0 and list_has_all(lower_side.parties, upper_side.parties))
            -- of a large meeting each text names some
            or (
                len(list_intersect(lower_side.parties, upper_side.parties)) > 1
                and lower_side.family = 'consult'
                and lower_side.place_name = upper_side.place_name
            )
            -- who attends a conference is not yet among those who were said to hold it
            or (lower_side.is_reference and lower_side.gathering = upper_side.gathering)
        )
        and not (
            (lower_side.is_beside or upper_side.is_beside)
            and len(lower_side.parties) != len(upper_side.parties)
            and len(lower_side.parties) > 0 and len(upper_side.parties) > 0
        )
        and (
            len(lower_side.contents) = 0 or len(upper_side.contents) = 0
            or list_has_any(lower_side.contents, upper_side.contents)
        )
        and (
            lower_side.place_name is null
            or upper_side.place_name is null
            or lower_side.place_name = upper_side.place_name
        )
        and (
            lower_side.country_iso3 is null or upper_side.country_iso3 is null
            or lower_side.country_iso3 = upper_side.country_iso3
        )
        and (lower_side.round is null or upper_side.round is null or lower_side.round = upper_side.round)
        -- a mention without parties needs the same place, or its own text
        and (
            len(lower_side.parties) > 0
            or (lower_side.place_name is not null and lower_side.place_name = upper_side.place_name)
            or (lower_side.place_name is null and list_has_any(lower_side.documents, upper_side.documents))
        )
        -- what is called off without a date was still to come
        and (not lower_side.is_undone or upper_side.is_unheld)
        -- what is under way in one text is not what the same text announces
        and not (
            ((lower_side.is_ongoing and upper_side.is_planned) or (lower_side.is_planned and upper_side.is_ongoing))
            and list_has_any(lower_side.documents, upper_side.documents)
        )
        and (
            lower_side.is_reference
            or upper_side.fineness < lower_side.fineness
            or (
                upper_side.fineness = lower_side.fineness
                and (
                    upper_side.detail > lower_side.detail
                    or (upper_side.detail = lower_side.detail and upper_side.signature_id < lower_side.signature_id)
                )
            )
        )
)

select * from final
