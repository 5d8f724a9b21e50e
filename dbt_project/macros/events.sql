{# 'object|complement' and 'talk|meeting' -> ['object=talk', 'object=meeting', 'complement=talk', …]; null stays null. #}
{% macro condition_tags(role, words) -%}
    flatten(list_transform(
        string_split({{ role }}, '|'),
        lambda r: list_transform(string_split({{ words }}, '|'), lambda w: r || '=' || w)
    ))
{%- endmacro %}

{# The clause's own lemma, or the lemma of the seed for a noun that stands for a verb. #}
{% macro is_cooperative(code) -%}
    substr({{ code }}, 1, 2) between '01' and '08'
{%- endmacro %}
