"""The tables of language.duckdb, as Arrow schemas: the one interface between the language layer and dbt.

Offsets (`*_start`, `*_end`) are half-open, in Unicode code points, into the landed text. `*_number`
columns count from 0 inside one document and are keys there; they never leave the intermediate layer.
This file declares; it computes nothing.
"""

from __future__ import annotations

import pyarrow as pa

TEXT = pa.string()
INT = pa.int32()
FLAG = pa.bool_()
DAY = pa.date32()


def _table(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field("document_id", TEXT), *(pa.field(k, v) for k, v in columns.items())])


# One row per sentence, with its parse: parallel arrays, one entry per token. `head` is the index inside the
# sentence (a root points to itself); `entity` is spaCy's label with B-/I- prefix or ''; token offsets are absolute.
SENTENCES = _table(
    sentence_number=INT,
    paragraph_number=INT,
    char_start=INT,
    char_end=INT,
    role=TEXT,  # headline | body | boilerplate
    token_start=pa.list_(INT),
    token_end=pa.list_(INT),
    lemma=pa.list_(TEXT),
    pos=pa.list_(TEXT),
    tag=pa.list_(TEXT),
    dep=pa.list_(TEXT),
    head=pa.list_(INT),
    entity=pa.list_(TEXT),
)

# One row per mention of somebody or something that can act, or of a place. Entities cluster mentions of one document.
MENTIONS = _table(
    mention_number=INT,
    sentence_number=INT,
    char_start=INT,
    char_end=INT,
    head_start=INT,  # offset of the head token: how clauses and attributions meet mentions
    surface=TEXT,
    mention_type=TEXT,  # name | nominal | pronoun | role | demonym
    label=TEXT,  # PERSON | ORG | GPE | NORP | LOC | FAC | NOMINAL | ''
    name_key=TEXT,  # lower case, no possessive, no leading article or title: what aliases join on
    head_lemma=TEXT,
    entity_number=INT,  # cluster in the document; null when nothing is known
    entity_name=TEXT,  # the fullest name in the cluster ('Steve Witkoff'), null for a cluster without a name
    role_text=TEXT,  # verbatim, from apposition or pre-modifier: 'Trump’s special envoy'
    role_noun=TEXT,  # lemmas of the role: 'special envoy'
    role_of_text=TEXT,  # possessor or country modifier of the role: 'Trump', 'US', 'Ukrainian'
    role_topic_text=TEXT,  # 'to Ukraine' -> 'Ukraine'
    modifier_text=TEXT,  # demonym or country in front of a nominal: 'European' in 'European officials'
    number=TEXT,  # singular | plural
    gender=TEXT,  # male | female | unknown
    is_anonymous=FLAG,  # unnamed people as a source: 'one European official', 'individuals familiar with …'
    is_place=FLAG,  # by syntax: 'in Moscow', 'visit Moscow'; false: agent, possessor of demands, addressee
    is_in_quote=FLAG,
    rule=TEXT,  # which rule decided type and cluster
)

# One row per attributed span.
ATTRIBUTIONS = _table(
    attribution_number=INT,
    sentence_number=INT,  # of the first character of the content
    char_start=INT,
    char_end=INT,
    quote_type=TEXT,  # direct | mixed | indirect | embedded
    attribution_kind=TEXT,  # speech | belief
    source_start=INT,  # the source span as it stands in the text; null when there is none
    source_end=INT,
    source_mention_number=INT,  # the mention whose head is the head of the source
    cue_start=INT,
    cue_end=INT,
    cue_lemma=TEXT,
    addressee_mention_number=INT,
    utterance_number=INT,  # fragments of one utterance share it
    nested_in_attribution_number=INT,
    speech_act=TEXT,  # a value of statements.speech_act
    medium=TEXT,  # a value of statements.medium
    said_from_date=DAY,
    said_to_date=DAY,
    said_precision=TEXT,
    hedges=TEXT,  # 'reportedly; could'
    chain_number=INT,  # -> SOURCE_HOPS
    is_negated=FLAG,
    score=pa.float32(),  # of the model, null where a rule decided
    rule=TEXT,
)

# Sourcing chains of a document. Hop 1 is always the publisher (no span). Every sentence has a chain too.
SOURCE_HOPS = _table(
    chain_number=INT,
    hop=INT,
    hop_type=TEXT,  # publisher | cited_outlet | person | anonymous | document | social_post | broadcast
    char_start=INT,
    char_end=INT,
    descriptor=TEXT,  # verbatim
    cue=TEXT,
    mention_number=INT,
    source_count=INT,  # unnamed people, stated or implied: 1, 2 (a plural without number), n; else null
    is_explicit=FLAG,  # false: carried over from an earlier sentence
)
SENTENCE_CHAINS = _table(sentence_number=INT, chain_number=INT)

# One row per predication: a verb, finite or not, a predicative adjective ('is ready to …'), or a noun for an act.
CLAUSES = _table(
    clause_number=INT,
    sentence_number=INT,
    char_start=INT,  # extent: from the first to the last token of the clause's own subtree
    char_end=INT,
    trigger_start=INT,  # verb with particle, or the noun
    trigger_end=INT,
    lemma=TEXT,  # 'pull_out' with a particle
    kind=TEXT,  # verb | noun | adjective
    parent_clause_number=INT,
    relation=TEXT,  # root | ccomp | xcomp | advcl | relcl | acl | conj | pcomp | csubj | noun
    marker=TEXT,  # if | unless | once | after | before | until | while | because | that | to | …
    tense=TEXT,  # past | present | future | none
    is_perfect=FLAG,
    is_progressive=FLAG,
    is_passive=FLAG,
    modal=TEXT,  # lemma: may | might | could | would | should | must | will | can, or ''
    is_negated=FLAG,
    governor_lemmas=TEXT,  # lemmas of the clauses above that govern its reality, nearest first: 'refuse plan'
    own_lemmas=TEXT,  # lower-case lemmas of the clause's own tokens, space separated, in order; nested clauses left out
    subtree_lemmas=TEXT,  # lower-case lemmas of the whole extent, space separated, in order
    attribution_number=INT,  # innermost attribution whose content holds the trigger, else null
    is_in_quote=FLAG,
    is_headline=FLAG,
)

# One row per argument of a clause. Subjects come down through control, coordination and relatives too (is_shared).
CLAUSE_ARGUMENTS = _table(
    clause_number=INT,
    argument_number=INT,
    role=TEXT,  # subject | object | indirect_object | agent | oblique | complement | possessor | modifier
    preposition=TEXT,  # '' unless oblique
    char_start=INT,
    char_end=INT,
    text=TEXT,
    head_start=INT,
    head_lemma=TEXT,
    lemmas=TEXT,  # lower-case lemmas of the argument, space separated
    mention_number=INT,  # the mention at the head (or the nearest inside it when the head names nobody), else null
    is_shared=FLAG,
)

# One row per time expression.
TIMES = _table(
    time_number=INT,
    sentence_number=INT,
    char_start=INT,
    char_end=INT,
    text=TEXT,
    from_date=DAY,
    to_date=DAY,
    precision=TEXT,  # day | approx_day | week | month | quarter | year | on_or_before | unknown
    anchor=TEXT,  # explicit | publication | utterance | other_event | none
    clause_number=INT,  # the clause it dates
)

TABLES: dict[str, pa.Schema] = {
    "sentences": SENTENCES,
    "mentions": MENTIONS,
    "attributions": ATTRIBUTIONS,
    "source_hops": SOURCE_HOPS,
    "sentence_chains": SENTENCE_CHAINS,
    "clauses": CLAUSES,
    "clause_arguments": CLAUSE_ARGUMENTS,
    "times": TIMES,
}
