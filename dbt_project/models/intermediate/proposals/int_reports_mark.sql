-- One row per sentence that retells, from unnamed people or from another outlet's report, what was said in private, with
-- the root such a claim goes back to. What a text has a person say on record stays that person's own.
with

sentences as (
    select * from {{ ref('stg_language__sentences') }}
),

documents as (
    select * from {{ ref('int_documents_resolve') }}
),

mentions as (
    select * from {{ ref('int_mentions_resolve') }}
),

attributions as (
    select * from {{ ref('int_attributions_resolve') }}
),

texts as (
    select
        sentences.document_id,
        sentences.sentence_number,
        sentences.char_end,
        documents.collection_key,
        documents.story_id,
        documents.outlet_key,
        substring(documents.body, sentences.char_start + 1, sentences.char_end - sentences.char_start) as text
    from sentences
    inner join documents
        on
            sentences.document_id = documents.document_id
            and documents.is_latest_version
),

marked as (
    select
        *,
        -- people without a name stand behind it
        regexp_matches(
            text,
            '(?i)\b(?:citing|cited|quoting|quoted|with reference to|according to|referring to)\b[^.;]{0,40}\b(?:unnamed|anonymous|unidentified|people|persons|sources?|officials?|diplomats?)\b'  -- noqa: LT05
            || '|\b(?:unnamed|anonymous|unidentified) (?:people|persons?|sources?|officials?|diplomats?)\b'
            || '|\b(?:people|persons|sources|officials|diplomats) (?:familiar with|briefed on|with knowledge of|close to)\b'  -- noqa: LT05
        ) as is_unnamed,
        -- a report is what speaks
        regexp_matches(
            text,
            '(?i)\b(?:it|(?:the|that|this|same|an?) (?:\w+ )?(?:newspaper|paper|daily|magazine|report|article|story|outlet|agency|broadcaster|website)) (?:has |had |also |then |further )*(?:reported|claimed|wrote|alleged|revealed|disclosed|says|reports|claims|writes)\b'  -- noqa: LT05
            || '|\baccording to (?:the|that|this|its) (?:newspaper|paper|daily|magazine|report|article|story|outlet|agency|broadcaster|website)\b'  -- noqa: LT05
        ) as is_retold
    from texts
),

-- what somebody told another party's envoy is private, whoever reports it
told as (
    select distinct
        document_id,
        sentence_number
    from attributions
    where
        cue_lemma in ('tell', 'inform', 'assure')
        and addressee_actor_key is not null
        and addressee_actor_key not like 'outlet:%'
        and on_behalf_of_actor_key is distinct from addressee_actor_key
),

outlets as (
    select
        document_id,
        char_end,
        actor_key
    from mentions
    where actor_key like 'outlet:%'
),

-- the outlet that the text named first: the one whose report it is about
cited as (
    select
        marked.document_id,
        marked.sentence_number,
        outlets.actor_key as outlet_key,
        row_number() over (
            partition by marked.document_id, marked.sentence_number
            order by min(outlets.char_end), outlets.actor_key
        ) as choice
    from marked
    inner join outlets
        on
            marked.document_id = outlets.document_id
            and outlets.char_end <= marked.char_end
    where outlets.actor_key is distinct from marked.outlet_key
    group by marked.document_id, marked.sentence_number, outlets.actor_key
),

final as (
    select
        marked.document_id,
        marked.sentence_number,
        marked.is_unnamed,
        marked.is_retold,
        told.document_id is not null as is_told_in_private,
        case when cited.outlet_key is not null then 'named_outlet' else 'anonymous_people' end as root_kind,
        coalesce(cited.outlet_key, 'anon:' || marked.story_id) as root_key
    from marked
    left join told
        on
            marked.document_id = told.document_id
            and marked.sentence_number = told.sentence_number
    left join cited
        on
            marked.document_id = cited.document_id
            and marked.sentence_number = cited.sentence_number
            and cited.choice = 1
    where
        marked.is_unnamed
        or marked.is_retold
)

select
    final.*,
    grades.grade
from final
inner join {{ ref('source_grades') }} as grades
    on final.root_kind = grades.root_kind
