-- One row per matched noun that somebody says will not be: 'there would be no truce'. A refusal of the speaker.
with

paths as (
    select * from {{ ref('int_clause_paths_climb') }}
)

select
    nouns.document_id,
    nouns.origin_number,
    verbs.depth,
    verbs.clause_number,
    'there_is_to_be_no' as rule_key,
    'rules_out' as modality,
    'speaker' as holder,
    40 as precedence,
    null::integer as argument_number
from paths as nouns
inner join paths as verbs
    on nouns.document_id = verbs.document_id and nouns.origin_number = verbs.origin_number
where
    nouns.depth = 0 and nouns.kind = 'noun' and nouns.is_negated
    and verbs.depth = 1 and verbs.lemma = 'be' and not verbs.is_negated
    and verbs.modal in ('will', 'would', 'can', 'could', 'shall', 'must', 'should')
    and {{ has_word(padded('verbs.own_lemmas'), "'there'") }}
