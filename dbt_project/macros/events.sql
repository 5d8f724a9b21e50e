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

{# The code that CAMEO's users expect for what became of an act; `codes` is the row of status_codes for the act. #}
{% macro cameo_code_of(status, act_code, codes) -%}
    case
        when {{ status }} in ('denied', 'did_not_occur', 'hypothetical') then null
        when {{ status }} = 'planned' then {{ codes }}.planned_code
        when {{ status }} = 'refused' then {{ codes }}.refused_code
        when {{ status }} in ('cancelled', 'postponed') then {{ codes }}.undone_code
        else {{ act_code }}
    end
{%- endmacro %}
