{# Cue patterns are written for people: words of a lemma string in order, a|b for a choice, … for up to five words between.
   'freeze|halt … front line' compiles to an expression over ' lemma lemma … lemma ' with one space around every lemma. #}
{% macro pattern_core(column) -%}
    array_to_string(
        list_transform(
            string_split({{ column }}, ' '),
            lambda word: case when word = '…' then '(?:[^ ]+ ){0,5}' else '(?:' || word || ') ' end
        ),
        ''
    )
{%- endmacro %}

{# A lemma string as the patterns expect it. #}
{% macro padded(column) -%}
    ' ' || lower({{ column }}) || ' '
{%- endmacro %}

{# Whether one of the words (a|b|two words) stands in a padded lemma string. #}
{% macro has_word(text, words) -%}
    regexp_matches({{ text }}, ' (?:' || {{ words }} || ') ')
{%- endmacro %}

{# Whether a cue (phrase or expression) stands in a padded lemma string. #}
{% macro fits_cue(text) -%}
    if(is_phrase, contains({{ text }}, phrase), regexp_matches({{ text }}, expression))
{%- endmacro %}
