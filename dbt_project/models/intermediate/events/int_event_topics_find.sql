-- What an act is about, as the finer CAMEO code of it: a demand for a release, a threat of sanctions. Words of the clause
-- and of what it governs speak for a topic; the first topic of the seed's order that the act can have decides.
with recursive

clauses as (
    select * from {{ ref('int_event_clauses_prepare') }}
),

acts as (
    select * from {{ ref('int_event_acts_choose') }}
),

topics as (
    select * from {{ ref('act_topics') }}
),

codes as (
    select * from {{ ref('act_topic_codes') }}
),

-- the clause and what hangs on it, without conditions, reasons and occasions
scopes as (
    select
        document_id,
        clause_number,
        clause_number as inner_number,
        0 as depth
    from acts
    where act_code in (select act_code from codes)
    union all
    select
        scopes.document_id,
        scopes.clause_number,
        clauses.clause_number as inner_number,
        scopes.depth + 1 as depth
    from scopes
    inner join clauses
        on
            scopes.document_id = clauses.document_id
            and scopes.inner_number = clauses.parent_clause_number
    where
        scopes.depth < 3
        and (clauses.relation in ('xcomp', 'ccomp', 'noun', 'pcomp', 'acl', 'csubj') or clauses.marker = 'to')
        and clauses.marker not in (
            'if', 'unless', 'after', 'because', 'since', 'when', 'while', 'before', 'following', 'until', 'despite',
            'amid', 'during'
        )
),

words as (
    select distinct
        scopes.document_id,
        scopes.clause_number,
        unnest(string_split(lower(clauses.own_lemmas), ' ')) as word
    from scopes
    inner join clauses
        on
            scopes.document_id = clauses.document_id
            and scopes.inner_number = clauses.clause_number
),

cues as (
    select
        topic_key,
        'core' as part,
        unnest(string_split(words, '|')) as word
    from topics
    union all
    select
        topic_key,
        'also' as part,
        unnest(string_split(also_words, '|')) as word
    from topics
    where also_words is not null
),

spoken as (
    select
        words.document_id,
        words.clause_number,
        cues.topic_key,
        bool_or(cues.part = 'core') as has_core,
        bool_or(cues.part = 'also') as has_also
    from words
    inner join cues on words.word = cues.word
    group by words.document_id, words.clause_number, cues.topic_key
),

final as (
    select
        acts.document_id,
        acts.clause_number,
        arg_min(codes.topic_key, topics.priority order by codes.topic_key, codes.refined_code) as topic_key,
        arg_min(codes.refined_code, topics.priority order by codes.topic_key, codes.refined_code) as refined_code
    from acts
    inner join codes on acts.act_code = codes.act_code
    inner join topics on codes.topic_key = topics.topic_key
    inner join spoken
        on
            acts.document_id = spoken.document_id
            and acts.clause_number = spoken.clause_number
            and codes.topic_key = spoken.topic_key
    where spoken.has_core and (spoken.has_also or topics.also_words is null)
    group by acts.document_id, acts.clause_number
)

select * from final
