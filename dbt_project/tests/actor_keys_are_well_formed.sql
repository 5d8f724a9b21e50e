-- ISO3 for a state, EU, NATO and UN bare, else a kind, a colon and a slug; and every key once over all seeds.
select
    actor_key,
    count(*) as row_count
from {{ ref('int_actors_known') }}
group by actor_key
having
    count(*) > 1
    or not regexp_full_match(actor_key, '[A-Z]{3}|EU|NATO|UN|(person|org|outlet|group):[a-z0-9][a-z0-9_-]*')
