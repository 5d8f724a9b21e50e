"""Names: where they begin and end, and what they are called after a repair of the recogniser's labels.

The dictionary comes first, then the recogniser's spans, then runs of proper nouns. The repair: a title in front, a
given name or a full name elsewhere in the text make a person; a shared stem makes a country and its demonym.
"""

from __future__ import annotations

import re

from flows.language import lexicon
from flows.language.mention_frame import SPEECH, SUBJECT, Frame, Mention

USED = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
NO_NAME = ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE")
PARTICLES = frozenset("al el bin bint ibn ben van von de der den da di du la le dos ul abu".split())  # noqa: SIM905
BODY = frozenset(
    """ministry party council agency university group corp corporation inc committee department institute movement front
    army forces bank union association court office commission foundation fund congress parliament assembly senate
    league alliance federation organization organisation service bureau command brigade battalion company ltd center
    centre authority administration house police guard militia coalition conference board society church times post
    news journal tribune daily herald television radio network agency press forum initiative programme program
    hospital school college museum airport embassy""".split()  # noqa: SIM905
)
DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|i|ic|ite|er)s?$")
LABEL_OF = {"person": "PERSON", "state": "GPE", "place": "GPE"}


def find(frame: Frame) -> None:
    """Adds every name of the document to the frame."""
    at, end = 0, len(frame.tokens)
    lower_starts = _lower_starts()
    while at < end:
        token = frame.tokens[at]
        char = token.text[0]
        if token.tag == "DT" and char.islower():  # the recogniser takes the article in
            at += 1
            continue
        if char.isupper() or char.isdigit() or token.entity or token.text.lower() in lower_starts:
            mention = _at(frame, at)
            if mention is not None:
                frame.add(mention)
                at = max(mention.last, at + 1)
                continue
        at += 1
    _repair(frame)


def _lower_starts() -> frozenset[str]:
    return _LOWER if _LOWER else _load_lower()


_LOWER: frozenset[str] = frozenset()


def _load_lower() -> frozenset[str]:
    global _LOWER
    firsts = {a.text.split("-")[0].split()[0].lower() for e in lexicon.names().values() for _, r in e for a in r
              if a.text[:1].islower()}  # fmt: skip
    _LOWER = frozenset(firsts | {"-"})
    return _LOWER


def _at(frame: Frame, at: int) -> Mention | None:
    known = _known(frame, at)
    label, entity_end = _entity(frame, at)
    if known is not None:
        last, readings = known
        unlikely = (
            last - at == 1
            and label in ("PERSON", "ORG", *NO_NAME)
            and all(r.actor_type == "place" and r.alias_type == "city" for r in readings)
        )
        if last - at == 1 and label in ("DATE", "TIME", "CARDINAL", "ORDINAL"):
            return None  # the month of May
        if not unlikely and not _outgrown(frame, at, last, readings, label, entity_end):
            return _from_dictionary(frame, at, last, readings)
    if at in frame.role_tokens:
        return None
    if label in NO_NAME:
        return None
    if label in USED:
        first, last = _trim(frame, at, entity_end)
        if last > first and any(t.text[0].isupper() for t in frame.tokens[first:last]):
            return Mention(first, last, frame.head_of(first, last), "name", label, "name:recogniser")
        return None
    last = at if token_in_title(frame, at) else _run(frame, at)
    if last > at:
        return Mention(at, last, frame.head_of(at, last), "name", "", "name:proper_nouns")
    return None


def _known(frame: Frame, at: int) -> tuple[int, tuple[lexicon.Alias, ...]] | None:
    """The dictionary's name at this token, if the writing fits: acronyms in capitals, names with a capital."""
    hit = frame.longest(lexicon.names(), at)
    if hit is None:
        return None
    last, readings = hit
    role = frame.roles.get(at)
    if role is not None and role[0] >= last:
        return None
    token = frame.tokens[at]
    surface = frame.document.text[token.start : frame.tokens[last - 1].end]
    letters = [c for c in surface if c.isalpha()]
    kept = []
    for alias in readings:
        if alias.alias_type == "acronym" or (alias.text.replace(".", "").isupper() and len(alias.text) < 6):
            if sum(c.isupper() for c in letters) >= sum(c.isupper() for c in alias.text):
                kept.append(alias)
        elif surface[0].isupper() or not alias.text[0].isupper():
            kept.append(alias)
    if not kept:
        return None
    if last - at == 1 and token.pos not in ("PROPN", "NOUN", "ADJ", "X") and not token.entity and not surface.isupper():
        return None
    return last, tuple(kept)


def _entity(frame: Frame, at: int) -> tuple[str, int]:
    """(label, index after) of the recogniser's span from this token on; ('', at) without one."""
    label = frame.tokens[at].entity[2:]
    if not label:
        return "", at
    last = at + 1
    while last < len(frame.tokens) and frame.tokens[last].entity == f"I-{label}":
        last += 1
    return label, last


def _outgrown(
    frame: Frame, at: int, last: int, readings: tuple[lexicon.Alias, ...], label: str, entity_end: int
) -> bool:
    """Whether the recogniser's longer span is the name: 'Israel Katz', 'US Army Corps', 'Trump Organization'."""
    if entity_end <= last or label not in ("PERSON", "ORG", "FAC"):
        return False
    extra = range(last, entity_end)
    if any(n in frame.role_tokens for n in extra):
        return False
    if all(r.actor_type == "outlet" for r in readings) and label == "ORG":  # 'National Front for the Liberation of …'
        return bool(BODY & {frame.tokens[n].text.lower() for n in extra})
    if any(frame.tokens[n].tag not in ("NNP", "NNPS", "HYPH") for n in extra):
        return False
    if label == "PERSON":
        return last - at == 1 and not any(r.alias_type == "demonym" for r in readings)
    final = frame.tokens[entity_end - 1].text.lower()
    return final in BODY


def _from_dictionary(frame: Frame, first: int, last: int, readings: tuple[lexicon.Alias, ...]) -> Mention:
    head = frame.head_of(first, last)
    reading = _best(frame, first, last, readings)
    if reading.alias_type == "demonym":
        token = frame.tokens[last - 1]
        is_people = token.tag in ("NNS", "NNPS") or (token.pos in ("NOUN", "PROPN") and token.dep in _STANDS_ALONE)
        number = "plural" if is_people and token.tag in ("NNS", "NNPS") else "singular"
        return Mention(first, last, head, "demonym", "NORP", "name:dictionary", readings, number)
    label = LABEL_OF.get(reading.actor_type, "ORG")
    if reading.actor_type == "place" and reading.alias_type == "region":
        label = "LOC"
    gender = {"m": "male", "f": "female"}.get(reading.gender, "unknown")
    plural = reading.actor_type in ("collective", "armed_group", "party") and frame.tokens[last - 1].text.endswith("s")
    return Mention(
        first, last, head, "name", label, "name:dictionary", readings, "plural" if plural else "singular", gender
    )


_STANDS_ALONE = (*SUBJECT, "dobj", "pobj", "conj", "attr", "dative", "appos", "ROOT")


def _best(frame: Frame, first: int, last: int, readings: tuple[lexicon.Alias, ...]) -> lexicon.Alias:
    """The reading that fits the place in the sentence: 'US' before a noun is a demonym, else the state."""
    if len(readings) == 1:
        return readings[0]
    head = frame.tokens[last - 1]
    before_noun = head.dep in ("amod", "compound", "nmod") or head.pos == "ADJ"
    wanted = [r for r in readings if (r.alias_type == "demonym") == before_noun]
    return min(wanted or readings, key=lambda r: (r.needs_context, r.actor_key))


def _trim(frame: Frame, first: int, last: int) -> tuple[int, int]:
    """The span without article, possessive, punctuation at its ends, cut before a title inside it and behind a group:
    'Delegations of Lorvia' names Lorvia.
    """
    tokens = frame.tokens
    if last - first > 2 and tokens[first + 1].text == "of" and lexicon.plural_group(tokens[first].text):
        first += 2
    while first < last and (
        tokens[first].pos in ("DET", "PUNCT", "PART", "ADP", "ADV") or tokens[first].text.lower() == "the"
    ):
        first += 1
    for n in range(first, last):
        if n in frame.role_tokens or tokens[n].text in ("'s", "’s", ",", ";", "–", "—"):
            last = n
            break
    while last > first and (tokens[last - 1].pos in ("PUNCT", "PART") or tokens[last - 1].text in ("'", "’")):
        last -= 1
    return first, last


def _run(frame: Frame, at: int) -> int:
    """Index after a run of proper nouns from here, particles and hyphens inside it included."""
    tokens, last, n = frame.tokens, at, at
    sentence = tokens[at].sentence
    while n < len(tokens) and tokens[n].sentence == sentence and n not in frame.role_tokens:
        token = tokens[n]
        if token.entity[2:] in NO_NAME or (token.entity and n > at):
            break
        if token.tag in ("NNP", "NNPS") and token.text[0].isupper() and any(c.isalpha() for c in token.text):
            n += 1
            last = n
        elif n > at and (token.text == "-" or token.text.lower() in PARTICLES):
            n += 1
        else:
            break
    return last


def token_in_title(frame: Frame, at: int) -> bool:
    """Whether the token stands in a headline in Title Case, where a capital tells nothing."""
    number = frame.tokens[at].sentence
    if number not in frame.titled:
        words = [t for t in frame.document.sentence_tokens(number) if t.end - t.start > 3 and t.text[0].isalpha()]
        capitals = sum(t.text[0].isupper() for t in words)
        ends = frame.document.sentence_tokens(number)[-1].text == "."  # a headline has no full stop
        frame.titled[number] = len(words) > 3 and capitals >= 0.8 * len(words) and not ends
    return frame.titled[number]


def _repair(frame: Frame) -> None:
    """Labels and genders from titles, given names, full names elsewhere in the text, and stems."""
    given = lexicon.given_names()
    for mention in frame.mentions:
        if mention.readings:
            continue
        words = [frame.tokens[n].text for n in range(mention.first, mention.last)]
        first = lexicon.fold(words[0])
        if words[-1].lower() in BODY:
            mention.label = "ORG"
        elif (mention.first in frame.role_ends and mention.label not in ("GPE", "NORP")) or (
            2 <= len(words) <= 5 and first in given
        ):
            mention.label, mention.rule = "PERSON", mention.rule + "+repair"
        if mention.label == "PERSON" and (len(words) > 1 or mention.gender == "unknown"):
            mention.gender = {"m": "male", "f": "female"}.get(given.get(first, ""), "unknown")
    surnames: dict[str, Mention] = {}
    for mention in frame.mentions:
        if mention.label == "PERSON" and mention.last - mention.first > 1:
            surnames.setdefault(lexicon.fold(frame.tokens[mention.last - 1].text), mention)
    _titles(frame, surnames)
    for mention in frame.mentions:
        if mention.label == "PERSON" or mention.last - mention.first != 1:
            continue
        token = frame.tokens[mention.first]
        full = surnames.get(lexicon.fold(token.text))
        if full is not None and not mention.reads_as("state"):
            mention.label, mention.gender, mention.rule = "PERSON", full.gender, mention.rule + "+surname"
            mention.kind, mention.readings = "name", tuple(r for r in mention.readings if r.actor_type == "person")
        elif (not mention.readings and mention.label in ("", "NORP") and token.dep in SUBJECT
                and token.tag == "NNP" and frame.tokens[token.head].lemma in SPEECH):  # fmt: skip
            mention.label, mention.rule = "PERSON", mention.rule + "+speaks"
    _agree(frame)
    _unknown_countries(frame)


def _agree(frame: Frame) -> None:
    """A lone word that is a person's name here and a body's there is the person's."""
    single = [m for m in frame.mentions if m.kind == "name" and not m.readings and m.last - m.first == 1]
    labels: dict[str, set[str]] = {}
    for mention in single:
        labels.setdefault(frame.tokens[mention.first].text, set()).add(mention.label)
    for mention in single:
        word = frame.tokens[mention.first].text
        if mention.label in ("ORG", "") and labels[word] <= {"ORG", "", "PERSON"} and "PERSON" in labels[word]:
            mention.label, mention.rule = "PERSON", mention.rule + "+agrees"


def _titles(frame: Frame, surnames: dict[str, Mention]) -> None:
    """Surnames in Title Case headlines that the text itself makes known."""
    for number in [n for n, titled in frame.titled.items() if titled]:
        for token in frame.document.sentence_tokens(number):
            full = surnames.get(lexicon.fold(token.text))
            if full is not None and token.index not in frame.covered and token.text[0].isupper():
                at = token.index
                frame.add(Mention(at, at + 1, at, "name", "PERSON", "name:surname", (), "singular", full.gender))


def _unknown_countries(frame: Frame) -> None:
    """A country no dictionary knows and its demonym, by their shared stem: Lorvia, Lorvian."""
    single = [m for m in frame.mentions if not m.readings and m.last - m.first == 1]
    by_stem: dict[str, list[Mention]] = {}
    for mention in single:
        by_stem.setdefault(lexicon.fold(frame.tokens[mention.first].text)[:4], []).append(mention)
    for group in by_stem.values():
        words = {lexicon.fold(frame.tokens[m.first].text) for m in group}
        pairs = {d: p for d in words for p in words if is_demonym_of(d, p)}
        for mention in group:
            word = lexicon.fold(frame.tokens[mention.first].text)
            if word in pairs:
                mention.kind, mention.label, mention.rule = "demonym", "NORP", "name:stem"
                mention.number = "plural" if word.endswith("s") else "singular"
            elif word in pairs.values():
                mention.label, mention.rule = "GPE", "name:stem"
    for mention in single:
        token = frame.tokens[mention.first]
        adjective = token.dep in ("amod", "compound", "nmod") and DEMONYM.search(token.text.lower())
        if mention.kind == "name" and (mention.label == "NORP" or (adjective and token.tag == "JJ")):
            mention.kind, mention.label = "demonym", "NORP"
            mention.number = "plural" if token.tag in ("NNPS", "NNS") else "singular"


def is_demonym_of(demonym: str, country: str) -> bool:
    """Whether one word can be the adjective or people of the other: 'lorvian(s)' of 'lorvia', 'qandari' of 'qandar'."""
    if demonym == country or len(country) < 4 or not DEMONYM.search(demonym):
        return False
    stem = demonym.removesuffix("s")
    for suffix in ("nian", "ian", "ean", "an", "ese", "ish", "ic", "ite", "er", "i", "n"):
        if stem.endswith(suffix) and len(stem) - len(suffix) >= 3:
            base = stem.removesuffix(suffix)
            for ending in ("", "a", "ia", "e", "o", "y", "land", "stan", "an", "u", "os", "is"):
                if base + ending == country:
                    return True
    return False
