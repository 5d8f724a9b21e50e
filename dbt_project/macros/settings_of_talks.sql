{# The words before a cue's match in its clause or the clause above, up to eight. An expression that differs by row is
   compiled for each: only where the match's words stand there more than once, or otherwise, is it worth that. #}
{% macro before_core(text, core) -%}
    ' ' || case
        when len(string_split({{ text }}, {{ core }})) = 2
            then regexp_extract(string_split({{ text }}, {{ core }})[1] || ' ', '((?:[^ ]+ ){0,8})$', 1)
        else
            regexp_extract({{ text }}, '((?:[^ ]+ ){0,8})' || regexp_replace(trim({{ core }}), '[^\w ’-]', '.', 'g') || ' ', 1)
    end
{%- endmacro %}

{# A cue's match with up to three words on each side of it. #}
{% macro around_core(text, core) -%}
    ' '
    || regexp_extract(substr({{ text }}, 1, strpos({{ text }}, {{ core }})), '((?:[^ ]+ ){0,3})$', 1)
    || ltrim({{ core }})
    || regexp_extract(substr({{ text }}, strpos({{ text }}, {{ core }}) + length({{ core }})), '^((?:[^ ]+ ){0,3})', 1)
{%- endmacro %}

{# Whether the words before a match make it a time, a topic or a place of something else: 'during a truce', 'questions of
   security guarantees', 'in the talks', 'conditions for talks'; or what is passed over for something else: 'instead of a
   truce'. Whoever takes part in talks does hold them. #}
{% macro is_mere_setting(before, issue) -%}
    (
        regexp_matches({{ before }}, ' (?:during|before|after|until|despite|since|amid|following|without|part of|element of) (?:(?:a|an|the|any|this|that|its|their|temporary|possible) )*$')
        -- what is passed over for something else
        or regexp_matches({{ before }}, ' (?:instead of|rather than|in place of|in lieu of|as opposed to) (?:(?:a|an|the|any|its|their|full|complete|formal|immediate|permanent|general|lasting|temporary|unconditional|mere) )*$')
        or (
            {{ issue }} != 'negotiation_format'
            and regexp_matches(
                {{ before }},
                ' (?:talk|talks|conversation|conversations|discussion|discussions|negotiation|negotiations|consultation|consultations|dialogue|question|questions|issue|issues|topic) (?:about|on|of|over|regarding|concerning) (?:[^ ]+ ){0,5}$'
            )
            and not regexp_matches({{ before }}, ' (?:because|when|if|that|who|which) ')
        )
        or (
            {{ issue }} = 'negotiation_format'
            and regexp_matches(
                {{ before }},
                ' (?:in|at|ahead of|result of|results of|outcome of|course of|success of|failure of|subject of|condition for|conditions for|terms for|venue for|host of|host for|ideal for|place for|basis for|agenda of|date for|preparation for|preparations for|mediator in|role in|their) (?:(?:a|an|the|any|its|their|first|last|latest|peace|direct|further|future|new|such|these|those) )*$'
            )
            and not regexp_matches({{ before }}, ' (?:part|participate|participation|engage|engagement|interest|interested|point|sense|reason|involve) in ')
        )
    )
{%- endmacro %}
