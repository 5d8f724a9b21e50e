-- One row per collection and name that no dictionary knows and a parse may take for a person's, where the texts give it what
-- states and armed sides have.
select distinct
    collection_key,
    actor_key
from {{ ref('int_unknown_powers_read') }}
