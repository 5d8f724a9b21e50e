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

{# One row per row of `rows` (line_number, expression, padded_text) whose text the expression fits: its number, and the first
   match. DuckDB compiles an expression for each row that brings its own, which takes eight times as long as the search; so the
   texts of an expression are searched as one, a line each. Two blanks end a line: nothing that fits a text gets past them. #}
{% macro first_matches(rows) -%}
select
    cast(unnest(regexp_extract_all(lines, line_expression, 1)) as bigint) as line_number,
    unnest(regexp_extract_all(lines, line_expression, 2)) as found_text
from (
    select
        '(?m)^([0-9]+)\t[^\n]*?(' || expression || ')' as line_expression,
        string_agg(line_number || chr(9) || padded_text, ' ' || chr(10)) as lines
    from {{ rows }}
    group by expression, line_number // 10000
)
{%- endmacro %}
