"""Whom a pronoun means: up the parse first (Hobbs 1978), then back over the sentences by salience.

'It' and 'they' meet things that are no actors far more often than actors: where the nearest candidate is such a thing,
nobody is meant. 'I' and 'we' inside a quotation are its speaker; the principal of 'we' is looked up in SQL.
"""

from __future__ import annotations

from flows.language import descriptions
from flows.language.coreference import Clusters, Entity
from flows.language.mention_frame import OBJECT, SPEECH, SUBJECT, Frame, Mention
from flows.language.salience import most_salient

FIRST_PERSON = frozenset("i me my we us our".split())  # noqa: SIM905
LOOK_BACK = {"he": 5, "it": 1, "they": 2}
PEOPLE = ("person", "")


def resolve(clusters: Clusters) -> None:
    """Gives pronouns and waiting descriptions their entity: outside quotations first, that tells who speaks inside."""
    frame = clusters.frame
    waiting = [m for m in frame.mentions if m.kind == "pronoun" or m.entity is None]
    for inside in (False, True):
        for mention in waiting:
            if (frame.quote_of[mention.head] >= 0) != inside:
                continue
            if mention.kind == "pronoun":
                _resolve(clusters, mention)
            else:
                _describe(clusters, mention)


def _describe(clusters: Clusters, mention: Mention) -> None:
    entity, way = clusters.holder(mention) if mention.role_noun else None, "+anaphor"
    if entity is None:
        entity, way = descriptions.whom(clusters, mention), "+description"
    if entity is None:
        clusters.new(mention)
        return
    mention.rule += way
    clusters.take(entity, mention)


def _resolve(clusters: Clusters, mention: Mention) -> None:
    word = clusters.text((mention.first, mention.last))
    if word in FIRST_PERSON:
        entity, rule = _speaker(clusters, mention.head), "pronoun:speaker"
        if clusters.frame.quote_of[mention.head] < 0:
            entity = None
    else:
        found = _in_sentence(clusters, mention)
        entity, rule = found if found is not None else (_before(clusters, mention), "pronoun:salience")
    if entity is None:
        mention.rule = "pronoun:nobody" if rule == "pronoun:nobody" else "pronoun:unresolved"
        return
    mention.rule = rule
    clusters.take(entity, mention)


def fits(entity: Entity, mention: Mention) -> bool:
    """Whether number, gender and kind let the pronoun mean this entity."""
    if mention.gender != "unknown":
        human = entity.label == "PERSON" or (
            not entity.is_plural and any(m.kind in ("role", "nominal") and m.role_noun for m in entity.mentions)
        )
        return human and entity.gender in (mention.gender, "unknown") and not entity.is_plural
    if mention.number == "plural":
        return entity.is_plural or (entity.label in ("ORG", "NORP") and any(
            m.reads_as("armed_group", "collective", "party") or m.number == "plural" for m in entity.mentions
        ))  # fmt: skip
    if entity.label == "PERSON" or entity.is_plural or entity.is_anonymous:
        return False
    first = entity.mentions[0]
    return entity.label in ("GPE", "ORG", "NORP", "") or (entity.label == "NOMINAL" and first.role_noun is None)


def _in_sentence(clusters: Clusters, mention: Mention) -> tuple[Entity | None, str] | None:
    """Up the tree: possessors and subjects of what stands above. None: nothing there decides."""
    frame, tokens = clusters.frame, clusters.frame.tokens
    children = frame.document.children
    token = tokens[mention.head]
    is_object = token.dep in OBJECT
    if is_object and mention.gender == "unknown" and _thing_before(frame, mention):
        return None, "pronoun:nobody"
    bound = is_object  # in its own clause an object pronoun is not the subject
    came = mention.head
    for up in frame.document.ancestors(mention.head):
        fronted = mention.gender != "unknown" and tokens[came].dep in ("prep", "advcl", "npadvmod")
        for child in children[up]:
            dep = tokens[child].dep
            if dep == "dobj" and child < came and mention.gender == "unknown" and tokens[came].dep == "prep":
                owner = frame.document.child(child, "poss")  # 'recognise Russia's control over what it holds'
                verdict = _candidate(clusters, mention, owner, child) if owner is not None else None
                if verdict is not None:
                    return verdict
            if child == came or not (dep == "poss" or (dep in SUBJECT and not bound)):
                continue
            if child > mention.head and (dep == "poss" or not fronted):
                continue
            verdict = _candidate(clusters, mention, child, up)
            if verdict is not None:
                return verdict
        bound = bound and tokens[up].pos not in ("VERB", "AUX")
        came = up
    return None


def _thing_before(frame: Frame, mention: Mention) -> bool:
    """Whether a thing stands nearer than any actor: 'accepting demands, forcing them on …'."""
    tokens = frame.tokens
    first = frame.document.sentences[tokens[mention.head].sentence].first
    for n in range(mention.head - 1, max(first, mention.head - 15) - 1, -1):
        token = tokens[n]
        if token.dep in ("dobj", "pobj", "nsubj", "nsubjpass") and token.pos in ("NOUN", "PROPN"):
            other = frame.at_head.get(n)
            plural = token.tag in ("NNS", "NNPS")
            if other is None and plural == (mention.number == "plural") and token.dep != "pobj":
                return True
            if other is not None and (other.number == mention.number) and other.kind != "demonym":
                return False
    return False


def _candidate(clusters: Clusters, mention: Mention, at: int, up: int) -> tuple[Entity | None, str] | None:
    frame, tokens = clusters.frame, clusters.frame.tokens
    if tokens[at].tag in ("WP", "WDT", "WP$"):  # 'the officials, who …'
        at = tokens[up].head
    other = frame.at_head.get(at) or frame.title_of.get(at)
    if other is not None and other.entity is not None:
        entity = clusters.entities[other.entity]
        if fits(entity, mention) and not other.is_place and not _is_own_speaker(clusters, mention, entity):
            return entity, "pronoun:clause"
        return None
    if mention.gender == "unknown" and other is None and tokens[at].pos == "NOUN":
        same_number = (tokens[at].tag == "NNS") == (mention.number == "plural")
        if same_number and tokens[at].dep != "poss":
            return None, "pronoun:nobody"
    return None


def _before(clusters: Clusters, mention: Mention) -> Entity | None:
    """The most salient fitting entity before; 'it' means the subject of the sentence before or nobody."""
    kind = "he" if mention.gender != "unknown" else "they" if mention.number == "plural" else "it"
    best = most_salient(
        clusters,
        mention,
        lambda entity: fits(entity, mention) and not _is_own_speaker(clusters, mention, entity),
        LOOK_BACK[kind],
    )
    sentence = clusters.frame.tokens[mention.head].sentence
    if kind == "it" and (best is None or not _is_main_subject(clusters.frame, best, sentence)):
        return None
    return best


def _is_main_subject(frame: Frame, entity: Entity, sentence: int) -> bool:
    """Whether the entity is the subject of the sentence before, or of this one: else 'it' may mean any thing."""
    return any(
        frame.tokens[m.head].dep in SUBJECT and sentence - 1 <= frame.tokens[m.head].sentence <= sentence
        for m in entity.mentions
    )


def _is_own_speaker(clusters: Clusters, mention: Mention, entity: Entity) -> bool:
    """Inside a quotation 'he' is somebody else than who speaks."""
    if clusters.frame.quote_of[mention.head] < 0 or mention.gender == "unknown":
        return False
    speaker = _speaker(clusters, mention.head)
    return speaker is not None and speaker.number == entity.number


def _speaker(clusters: Clusters, at: int) -> Entity | None:
    """Who speaks in the quotation around this token: the subject of the speech verb nearest to it in the paragraph."""
    region = clusters.frame.quote_of[at]
    if region < 0:
        return None
    if region not in clusters.speakers:
        clusters.speakers[region] = None  # a pronoun subject inside may ask again
        clusters.speakers[region] = _find_speaker(clusters, region)
    number = clusters.speakers[region]
    return clusters.entities[number] if number is not None else None


def _find_speaker(clusters: Clusters, region: int) -> int | None:
    frame, tokens = clusters.frame, clusters.frame.tokens
    quote = frame.document.regions[region]
    inside = frame.document.tokens_between(quote.start, quote.end)
    if not inside:
        return None
    sentences = frame.document.sentences
    paragraph = sentences[inside[0].sentence].paragraph
    first, last = inside[0].sentence, inside[-1].sentence
    while first > 0 and sentences[first - 1].paragraph == paragraph:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].paragraph == paragraph:
        last += 1
    best: tuple[int, int] | None = None
    for n in range(sentences[first].first, sentences[last].last):
        token = tokens[n]
        if frame.quote_of[n] >= 0 or token.lemma not in SPEECH or token.pos != "VERB":
            continue
        subject = frame.document.child(n, "nsubj")
        other = frame.at_head.get(subject) or frame.title_of.get(subject) if subject is not None else None
        if other is None or other.entity is None:
            continue
        distance = max(inside[0].index - n, n - inside[-1].index)
        if token.sentence not in (inside[0].sentence, inside[-1].sentence):
            distance += 40
        if best is None or distance < best[0]:
            best = (distance, other.entity)
    if best is None and quote.start == sentences[inside[0].sentence].start and region > 0:
        before = frame.document.regions[region - 1]
        if before.continues or sentences[inside[0].sentence].paragraph - 1 == _paragraph(frame, before.start):
            if region - 1 not in clusters.speakers:
                clusters.speakers[region - 1] = _find_speaker(clusters, region - 1)
            return clusters.speakers[region - 1]
    return best[1] if best is not None else None


def _paragraph(frame: Frame, char: int) -> int:
    at = frame.document.token_at(char)
    return frame.document.sentences[frame.tokens[at].sentence].paragraph if at is not None else -1
