{# Actors for a join by id. A known actor stands once per collection; what is read here is the same in each. #}
{% macro one_per_actor() -%}
    select actor_id, actor_key, name, actor_type, sector, country_iso3
    from {{ ref('actors') }}
    qualify row_number() over (partition by actor_id order by name, actor_key) = 1
{%- endmacro %}
