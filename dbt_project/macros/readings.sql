{# A level's description without its notes in brackets and after a semicolon. #}
{% macro level_in_sentence(description) -%}
    replace(split_part(regexp_replace({{ description }}, ' \([^)]*\)', '', 'g'), ';', 1), ', held or not', '')
{%- endmacro %}

{# A name as a sentence has it: 'the United States', 'the Financial Times'. #}
{% macro in_sentence(name) -%}
    case
        when regexp_matches({{ name }}, '^(?:United |European |African |International |Rapid |Democratic Republic|National |Netherlands|Philippines|Gambia|Bahamas|Maldives|UN$|UAE$|EU$|G7$|Financial Times|New York Times|Washington Post|Wall Street Journal|Guardian|Associated Press|Economist|Telegraph|Times)')
            then 'the ' || {{ name }}
        else {{ name }}
    end
{%- endmacro %}

{# An issue's name without its second name: 'territory', 'a ceasefire'. #}
{% macro issue_in_sentence(name) -%}
    case
        when {{ name }} like 'territory: who%' then 'territory'
        when {{ name }} like 'territory: legal%' then 'the legal status of territory'
        when {{ name }} like 'general settlement%' then 'a general settlement'
        when {{ name }} like 'ceasefire%' then 'a ceasefire'
        when {{ name }} like 'maritime%' then 'maritime corridors'
        when {{ name }} like 'negotiation format%' then 'the format of talks'
        else split_part(split_part({{ name }}, ' / ', 1), ', ', 1)
    end
{%- endmacro %}

{# The verb of a change: 'moved toward Ukraine', 'took back what it had offered'. A report has it as an infinitive. #}
{% macro change_verb(is_report) -%}
    case change_type
        when 'concession' then 'moved toward ' || coalesce({{ in_sentence('closer_name') }}, 'the other side')
        when 'hardening' then 'hardened its line' || coalesce(' against ' || {{ in_sentence('away_name') }}, '')
        when 'shift' then 'shifted its position' || coalesce(' toward ' || {{ in_sentence('closer_name') }}, '')
        when 'withdrawn' then
            case
                when modality = 'withdraws_demand' then 'dropped a demand'
                else '{{ "taken" if is_report else "took" }} back what it had offered or joined'
            end
        when 'rejected' then 'rejected what was asked of it'
        when 'accepted' then 'accepted what was proposed'
        when 'conditional' then 'taken a position on a condition'
        when 'clarified' then 'spelled out its position'
        else 'stated a position, the first in these texts,'
    end
{%- endmacro %}

{# One change as a plain sentence, hedged as its source is. Reads the columns of int_changes_publish. #}
{% macro change_reading() -%}
    concat(
        case when held_precision = 'day' then 'On ' || strftime(held_to_date, '%-d %B %Y') || ', '
            when held_precision = 'month' then 'In ' || strftime(held_to_date, '%B %Y') || ', '
            when held_to_date is not null then 'By ' || strftime(held_to_date, '%-d %B %Y') || ', '
            else ''
        end,
        {{ in_sentence('actor_name') }},
        case
            when voice = 'reported_private' then
                case
                    when source_words is null and origin_name is null then ' is reported (without a named source) to have '
                    else ' is reported (' || concat_ws(', ', source_words, 'via ' || {{ in_sentence('origin_name') }}) || ') to have '
                end || {{ change_verb(true) }}
            when voice = 'attributed_by_other' then ' is said by another party to have ' || {{ change_verb(true) }}
            when change_type = 'conditional' then ' took a position on a condition'
            else ' ' || {{ change_verb(false) }}
        end,
        ' on ', {{ issue_in_sentence('issue_name') }},
        case when scope_name is not null and scope_key != 'general' then ' (' || regexp_replace(scope_name, '^(The|All|Talks|Areas|Size|Arms|Foreign|Prisoners|Children|Sanctions|Energy|A|Rule) ', lower(split_part(scope_name, ' ', 1)) || ' ') || ')' else '' end,
        case
            when from_words != to_words and level is not null and direction is not null then ', from "' || from_words || '" to "' || to_words || '"'
            when level is not null then ': "' || to_words || '"'
            else ''
        end,
        case
            when condition_text is null then ''
            when length(condition_text) > 90 then ', on a condition ("' || regexp_extract(condition_text, '^.{1,80}\b') || '…")'
            else ', on a condition ("' || condition_text || '")'
        end,
        case when compared_scope_key is not null and compared_scope_key != scope_key then ' (compared with its position on ' || replace(compared_scope_key, '_', ' ') || ')' else '' end,
        case when hedges is not null then '; hedged: ' || hedges else '' end,
        case settled_status
            when 'contested' then '; the party disputes it'
            when 'denied' then '; the party denies it'
            when 'unattributed' then '; no source is given'
            else ''
        end,
        '.'
    )
{%- endmacro %}
