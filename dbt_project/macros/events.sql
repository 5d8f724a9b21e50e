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

{# Prepositions that set an act apart in time from what governs it: "called him a day after the summit". #}
{% macro other_time_markers() -%}
    'after', 'before', 'since', 'following', 'ahead', 'until'
{%- endmacro %}

{# Verbs whose subject attacks where their object, or what they happen in, is an attack. #}
{% macro attacking_verbs() -%}
    'launch', 'carry_out', 'conduct', 'mount', 'stage', 'unleash', 'wage', 'commit', 'execute', 'perpetrate', 'order',
    'begin', 'start', 'resume', 'continue', 'renew', 'step_up', 'intensify', 'escalate', 'expand', 'halt', 'stop',
    'suspend', 'pause', 'threaten', 'plan', 'make', 'kill', 'wound', 'injure', 'hit', 'strike', 'destroy', 'damage'
{%- endmacro %}

{# A list of names as a reader expects it: 'A', 'A and B', 'A, B and C'; null for none. #}
{% macro listed(names) -%}
    case
        when len({{ names }}) > 1
            then array_to_string({{ names }}[:-2], ', ') || ' and ' || {{ names }}[-1]
        else {{ names }}[1]
    end
{%- endmacro %}

{# The gathering that a clause names; of a conference or summit each text may name other parties. #}
{% macro gathering_of(clauses) -%}
    list_filter(
        ['conference', 'summit', 'forum', 'congress'],
        lambda w: w = {{ clauses }}.lemma or list_contains({{ clauses }}.tags, 'object=' || w)
    )[1]
{%- endmacro %}

{# What an act of a general kind is about: its objects and complements. #}
{% macro contents_of(clauses) -%}
    list_sort(list_distinct(list_filter({{ clauses }}.tags, lambda t: regexp_matches(t, '^(object|complement)=[a-z]'))))
{%- endmacro %}
