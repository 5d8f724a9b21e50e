{# One change as a plain sentence, hedged as its source is. Reads the columns of int_changes_publish. #}
{% macro change_reading() -%}
    concat(
        case when held_precision = 'day' then 'On ' || strftime(held_to_date, '%-d %B %Y') || ', '
            when held_precision = 'month' then 'In ' || strftime(held_to_date, '%B %Y') || ', '
            when held_to_date is not null then 'By ' || strftime(held_to_date, '%-d %B %Y') || ', '
            else ''
        end,
        actor_name,
        case
            when voice = 'reported_private' then ' is reported (' || coalesce(source_text, 'without a named source') || coalesce(', via ' || replace(origin_outlet, 'outlet:', ''), '') || ') to have '
            when voice = 'attributed_by_other' then ' is said by another party to have '
            else ' '
        end,
        case change_type
            when 'concession' then 'moved toward ' || coalesce(closer_name, 'the other side')
            when 'hardening' then 'hardened its line' || coalesce(' against ' || away_name, '')
            when 'shift' then 'shifted' || coalesce(' toward ' || closer_name, '')
            when 'withdrawn' then case when modality = 'withdraws_demand' then 'dropped a demand' else 'taken back what it offered or joined' end
            when 'rejected' then 'rejected what was asked of it'
            when 'accepted' then 'accepted what was proposed'
            when 'conditional' then 'declared a conditional position'
            else 'voiced a position for the first time in these texts'
        end,
        ' on ', issue_name, ' (', coalesce(scope_name, scope_key), ')',
        case
            when from_words is not null and level is not null then ', from "' || from_words || '" to "' || to_words || '"'
            when level is not null then ': "' || to_words || '"'
            else ''
        end,
        case when condition_text is not null then ', on a condition: ' || condition_text else '' end,
        case when compared_scope_key is not null and compared_scope_key != scope_key then ' (compared with what it held on ' || replace(compared_scope_key, '_', ' ') || ')' else '' end,
        case when hedges is not null then '; hedged: ' || hedges else '' end,
        case settled_status
            when 'contested' then '; the party disputes the report'
            when 'denied' then '; the party denies it'
            when 'unattributed' then '; no source is given'
            else ''
        end,
        '.'
    )
{%- endmacro %}
