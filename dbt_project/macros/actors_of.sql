{# The actors that rows of a collection name by key, for a left join by equality alone: the CTE `actors` with the
   collection of the rows as of_collection_key. A known actor belongs to every collection; said in a left join itself,
   that "or" would have every row compared with every actor. #}
{% macro actors_of(rows, key) -%}
    select
        asked.collection_key as of_collection_key,
        actors.*
    from (
        select distinct
            collection_key,
            {{ key }} as asked_key
        from {{ rows }}
    ) as asked
    inner join actors
        on
            asked.asked_key = actors.actor_key
            and (actors.collection_key is null or actors.collection_key = asked.collection_key)
{%- endmacro %}
