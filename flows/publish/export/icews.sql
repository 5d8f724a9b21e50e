-- The 20 columns of an ICEWS event file, in order. Story ID is the document's; sentences count from 1 there.
select
    e.pair_number as "Event ID",
    strftime(e.event_date, '%Y-%m-%d') as "Event Date",
    cell(e.left_name) as "Source Name",
    e.left_sector as "Source Sectors",
    cell(left_states.name) as "Source Country",
    cell(coalesce(cameo_names.name, e.event_type)) as "Event Text",
    e.cameo_code as "CAMEO Code",
    e.goldstein as "Intensity",
    cell(e.right_name) as "Target Name",
    e.right_sector as "Target Sectors",
    cell(right_states.name) as "Target Country",
    e.document_id as "Story ID",
    e.sentence_number + 1 as "Sentence Number",
    cell(e.outlet_name) as "Publisher",
    cell(e.place_name) as "City",
    null as "District",
    null as "Province",
    cell(place_states.name) as "Country",
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
