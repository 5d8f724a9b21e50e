-- One row per sourcing chain, with the kind of its last hop, the outlet it cites and how explicit it is.
with

hops as (
    select * from {{ ref('int_source_hops_resolve') }}
),

nouns as (
    select * from {{ ref('source_nouns') }}
),

-- a descriptor's first noun of the dictionary decides what unnamed people or an unowned document are
words as (
    select
        document_id,
        chain_number,
        hop,
        unnest(regexp_split_to_array(lower(descriptor || ' ' || coalesce(cue, '')), '[^a-z]+')) as word
    from hops
),

described as (
    select
        words.document_id,
        words.chain_number,
        words.hop,
        min(nouns.root_kind) filter (where nouns.root_kind = 'anonymous_officials') as people_kind,
        min(nouns.root_kind) filter (where nouns.root_kind = 'leaked_document') as document_kind
    from words
    inner join nouns on words.word = nouns.noun
    group by all
),

last_hops as (
    select distinct on (hops.document_id, hops.chain_number)
        hops.*,
        described.people_kind,
        described.document_kind
    from hops
    left join described
        on
            hops.document_id = described.document_id
            and hops.chain_number = described.chain_number
            and hops.hop = described.hop
    order by hops.document_id, hops.chain_number, hops.hop desc
),

whole as (
    select
        document_id,
        chain_number,
        count(*) as depth,
        bool_and(is_explicit) and count(*) > 1 as is_explicit,
        max(actor_key) filter (where hop_type = 'cited_outlet') as cited_key,
        bool_or(hop_type = 'cited_outlet') as cites_outlet,
        string_agg(
            concat_ws(':', hop_type, lower(coalesce(descriptor, '')), coalesce(actor_key, ''), is_explicit),
            '|' order by hop
        ) as signature
    from hops
    group by document_id, chain_number
),

rooted as (
    select
        last_hops.document_id,
        last_hops.collection_key,
        last_hops.story_id,
        last_hops.publisher_key,
        last_hops.chain_number,
        whole.signature,
        whole.depth,
        whole.is_explicit,
        whole.cited_key,
        whole.cites_outlet,
        last_hops.actor_id as last_actor_id,
        last_hops.actor_key as last_actor_key,
        last_hops.source_count,
        case last_hops.hop_type
            when 'publisher' then 'unattributed'
            when 'cited_outlet' then 'named_outlet'
            when 'anonymous' then coalesce(last_hops.people_kind, 'anonymous_people')
            when 'document' then coalesce(last_hops.document_kind, 'official_document')
            else case
                when
                    last_hops.actor_key is null and last_hops.head_lemma in (
                        select noun from {{ ref('group_nouns') }}
                        where kind in ('government', 'forces')
                    ) then 'party_on_record'
                when last_hops.actor_key is null and last_hops.entity_name is not null then 'counterparty_on_record'
                when last_hops.actor_key is null then 'anonymous_people'
                when last_hops.actor_key like 'anon:%' then coalesce(last_hops.people_kind, 'anonymous_people')
                when last_hops.actor_key like 'outlet:%' then 'named_outlet'
                when
                    last_hops.actor_type in ('state', 'government_body', 'armed_group')
                    or last_hops.on_behalf_key is not null
                    then 'party_on_record'
                else 'counterparty_on_record'
            end
        end as root_kind
    from last_hops
    inner join whole
        on
            last_hops.document_id = whole.document_id
            and last_hops.chain_number = whole.chain_number
),

-- "he" may be two people in one text, one of them nameless: the words alone do not tell a chain, nor its grade
final as (
    select
        * exclude (signature),
        {{ hash_id(["'chain'", 'document_id', 'signature', 'root_kind', 'coalesce(source_count, 2) > 1']) }} as chain_id
    from rooted
)

select * from final
