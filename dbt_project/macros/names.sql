{# A model's schema is the folder's schema alone: staging, intermediate, marts, ops, seeds. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}

{# A fact's id: the hash of its natural key. Null parts count as empty, so that a key with a missing part still has an id. #}
{% macro hash_id(parts) -%}
    md5(concat_ws('|', {% for part in parts %}coalesce(cast({{ part }} as varchar), ''){{ ', ' if not loop.last }}{% endfor %}))
{%- endmacro %}
