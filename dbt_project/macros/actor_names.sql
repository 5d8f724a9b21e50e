{# What aliases and mentions meet on: lower case without accents, article, possessive and line breaks. #}
{% macro name_key(column) -%}
    regexp_replace(regexp_replace(regexp_replace(lower(strip_accents(
        translate({{ column }}, '’‘–‑', '''''--')
    )), '\s+', ' ', 'g'), '^the ', ''), '(''s|'')$', '')
{%- endmacro %}

{# A key's readable part: 'Tomas Akerele' -> 'tomas-akerele'. #}
{% macro slug(column) -%}
    trim(regexp_replace(lower(strip_accents({{ column }})), '[^a-z0-9]+', '-', 'g'), '-')
{%- endmacro %}

{# The short form of a principal in the key of a group: 'USA' -> 'us', 'group:europe' -> 'eu'. #}
{% macro principal_stem(column) -%}
    case {{ column }}
        when 'USA' then 'us' when 'GBR' then 'uk' when 'group:europe' then 'eu'
        else regexp_replace(lower({{ column }}), '^[a-z]+:', '')
    end
{%- endmacro %}

{# The countries that an adjective can belong to: 'lorvia', 'lorv' … of 'lorvian' or 'lorvians'. The same endings as in
   names.py. What two names must share is joined on these: a pair of names is dear to compare. #}
{% macro countries_of_demonym(demonym) -%}
    flatten(list_transform(
        list_filter(
            ['nian', 'ian', 'ean', 'an', 'ese', 'ish', 'ic', 'ite', 'er', 'i', 'n'],
            lambda suffix: ends_with(regexp_replace({{ demonym }}, 's$', ''), suffix)
        ),
        lambda suffix: list_transform(
            ['', 'a', 'ia', 'e', 'o', 'y', 'land', 'stan', 'an', 'u', 'os', 'is'],
            lambda ending: left(
                regexp_replace({{ demonym }}, 's$', ''),
                length(regexp_replace({{ demonym }}, 's$', '')) - length(suffix)
            ) || ending
        )
    ))
{%- endmacro %}

{# Whether an adjective can belong to a country. #}
{% macro is_demonym_of(demonym, country) -%}
    {{ demonym }} != {{ country }} and list_contains({{ countries_of_demonym(demonym) }}, {{ country }})
{%- endmacro %}

{# Whether a lone name ends as names of countries do: 'lorvia', 'tarkistan', 'ostland'. #}
{% macro ends_like_country(name) -%}
    regexp_matches({{ name }}, '^[^ ]{3,}(ia|stan|land)$')
{%- endmacro %}
