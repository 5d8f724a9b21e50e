-- The 20 columns of an ICEWS event file, in order. Story ID is the document's; sentences count from 1 there.
select
    e.pair_number as "Event ID",
    strftime(e.event_date, '%Y-%m-%d') as "Event Date",
    translate(e.left_name, chr(9) || chr(10) || chr(13), '   ') as "Source Name",
    e.left_sector as "Source Sectors",
    left_states.name as "Source Country",
    coalesce(cameo_names.name, e.event_type) as "Event Text",
    e.cameo_code as "CAMEO Code",
    e.goldstein as "Intensity",
    translate(e.right_name, chr(9) || chr(10) || chr(13), '   ') as "Target Name",
    e.right_sector as "Target Sectors",
    right_states.name as "Target Country",
    e.document_id as "Story ID",
    e.sentence_number + 1 as "Sentence Number",
    translate(e.outlet_name, chr(9) || chr(10) || chr(13), '   ') as "Publisher",
    translate(e.place_name, chr(9) || chr(10) || chr(13), '   ') as "City",
    null as "District",
    null as "Province",
    place_states.name as "Country",
    e.latitude as "Latitude",
    e.longitude as "Longitude"
from event_pairs as e
left join cameo_names on e.cameo_code = cameo_names.cameo_code
left join (select actor_key, min(name) as name from actors where actor_type = 'state' group by all) as left_states
    on e.left_country = left_states.actor_key
left join (select actor_key, min(name) as name from actors where actor_type = 'state' group by all) as right_states
    on e.right_country = right_states.actor_key
left join (select actor_key, min(name) as name from actors where actor_type = 'state' group by all) as place_states
    on e.country_iso3 = place_states.actor_key
order by e.event_date, e.pair_number
