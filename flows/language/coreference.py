"""Who is who inside one document: full name, surname, office, nominal and pronoun in one cluster.

Names cluster by dictionary key or by full name and surname; offices join by apposition or by what the text or the
dictionary says a person is; pronouns climb the parse (Hobbs 1978) and then look back over sentences by salience.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.language import descriptions, lexicon
from flows.language.mention_frame import SUBJECT, Frame, Mention
from flows.language.names import is_demonym_of

REACH = 200  # mentions back: a bound on the work per nominal, far beyond what a reader remembers
KIND_OF = {"country": ("GPE",), "nation": ("GPE",), "state": ("GPE",)}
BODIES = frozenset(
    """
    group movement militia organisation organization alliance bloc company firm party agency body watchdog
    council newspaper paper broadcaster union commission bank network outlet
    """.split()  # noqa: SIM905
)


@dataclass(slots=True)
class Entity:
    """One cluster: its mentions, the keys its names may have, gender and the offices the text gives it."""

    number: int
    label: str
    name: str | None = None
    gender: str = "unknown"
    is_plural: bool = False
    is_anonymous: bool = False
    keys: frozenset[str] = frozenset()
    roles: set[tuple[str, str]] = field(default_factory=set)  # (role noun, folded owner)
    mentions: list[Mention] = field(default_factory=list)


class Clusters:
    """The clusters of one document, with the mentions that made them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.entities: list[Entity] = []
        self.by_key: dict[str, Entity] = {}
        self.surnames: dict[str, list[Entity]] = {}
        self.speakers: dict[int, int | None] = {}  # quotation -> entity that speaks in it

    def cluster(self) -> None:
        """Gives every name, office and nominal its entity; pronouns are left to the pronoun module."""
        mentions = self.frame.mentions
        names = [m for m in mentions if m.kind in ("name", "demonym")]
        for mention in sorted(names, key=lambda m: (m.last - m.first < 2, m.kind == "demonym", m.first)):
            self._join_name(mention)
        for entity in self.entities:
            entity.mentions.sort(key=lambda m: m.first)
        others = [m for m in mentions if m.kind in ("role", "nominal")]
        for mention in others:
            self._apposition(mention)
        for mention in others:
            if mention.entity is None:
                self._join_nominal(mention)  # or leaves it for the pass over pronouns

    def text(self, span: tuple[int, int] | None) -> str:
        """The folded text of a token span, '' for none."""
        if span is None:
            return ""
        tokens = self.frame.tokens
        return self.frame.folded[tokens[span[0]].start : tokens[span[1] - 1].end]

    def new(self, mention: Mention, key: str | None = None) -> Entity:
        """A fresh entity for a mention."""
        entity = Entity(len(self.entities), mention.label)
        self.entities.append(entity)
        if key is not None:
            self.by_key[key] = entity
        self.take(entity, mention)
        return entity

    def take(self, entity: Entity, mention: Mention) -> None:
        """Adds the mention to the entity and learns from it."""
        mention.entity = entity.number
        entity.mentions.append(mention)
        if entity.gender == "unknown" and mention.gender != "unknown":
            entity.gender = mention.gender
        if mention.role_noun:
            entity.roles.add((mention.role_noun, self.text(mention.role_of)))
        entity.is_plural = entity.is_plural or (mention.number == "plural" and mention.kind == "nominal")
        entity.is_anonymous = entity.is_anonymous or mention.is_anonymous
        if mention.kind == "name":
            if mention.readings:
                entity.keys |= {r.actor_key for r in mention.readings}
            surface = self.surface(mention)
            if not (mention.readings and mention.readings[0].alias_type in ("metonym", "demonym")) and (
                entity.name is None or len(surface) > len(entity.name)
            ):
                entity.name = surface

    def surface(self, mention: Mention) -> str:
        """The mention as it stands in the text."""
        tokens = self.frame.tokens
        return self.frame.document.text[tokens[mention.first].start : tokens[mention.last - 1].end]

    def _join_name(self, mention: Mention) -> None:
        folded = self.text((mention.first, mention.last)).removeprefix("the ")
        keys = {r.actor_key for r in mention.readings if r.actor_type != "place"}
        if mention.label == "PERSON":
            entity = self._person(mention, folded, keys)
        elif (mention.is_place and any(r.alias_type == "metonym" for r in mention.readings)) or mention.reads_as(
            "place"
        ):
            entity = self.by_key.get(f"place:{folded}") or self.new(mention, f"place:{folded}")
        elif keys:
            key = min(keys, key=lambda k: (k.startswith("group:"), k)) if len(keys) > 1 else next(iter(keys))
            entity = self.by_key.get(key) or self.new(mention, key)
        elif mention.kind == "demonym":
            country = next(
                (e for k, e in self.by_key.items() if k.startswith("name:") and is_demonym_of(folded, k[5:])), None
            )
            entity = (
                country
                or self.by_key.get(f"demonym:{folded.removesuffix('s')}")
                or self.new(mention, f"demonym:{folded.removesuffix('s')}")
            )
        else:
            entity = self._body(mention, folded)
        if mention.entity is None:
            self.take(entity, mention)

    def _person(self, mention: Mention, folded: str, keys: set[str]) -> Entity:
        words = folded.replace("-", " ").split()
        if len(words) > 1 or mention.last - mention.first > 1:
            key = next(iter(keys)) if len(keys) == 1 else f"person:{folded}"
            entity = self.by_key.get(key)
            if entity is None:
                entity = self.new(mention, key)
            for surname in {words[-1], folded.split()[-1], " ".join(folded.split()[1:])}:
                if entity not in self.surnames.setdefault(surname, []):
                    self.surnames[surname].append(entity)
            return entity
        family = [e for e in self.surnames.get(folded, ()) if "unknown" in (e.gender, mention.gender)
                  or e.gender == mention.gender]  # fmt: skip
        if family:
            return max(family, key=lambda e: max((m.first for m in e.mentions if m.first < mention.first), default=-1))
        key = next(iter(keys)) if len(keys) == 1 else f"surname:{folded}"
        return self.by_key.get(key) or self.new(mention, key)

    def _body(self, mention: Mention, folded: str) -> Entity:
        entity = self.by_key.get(f"name:{folded}")
        if entity is None and mention.last - mention.first == 1:  # 'the Journal' after 'the Wall Street Journal'
            entity = next(
                (
                    e
                    for e in self.entities
                    if e.label == "ORG" and e.name and lexicon.fold(e.name).endswith(f" {folded}")
                ),
                None,
            )
        if entity is None:
            entity = self.new(mention, f"name:{folded}")
            words = [w for w in folded.replace("-", " ").split() if w not in ("of", "the", "and", "for", "in")]
            if len(words) > 2:
                self.by_key.setdefault("name:" + "".join(w[0] for w in words), entity)
        return entity

    def _apposition(self, mention: Mention) -> None:
        """'X, the group's negotiator', 'Trump's envoy to Ukraine, X', 'X is the minister'."""
        name = self._apposed(mention)
        if name is None or name.entity is None:
            return
        entity = self.entities[name.entity]
        if mention.number == "plural" and entity.label == "PERSON":
            return
        mention.rule += "+apposition"
        mention.is_anonymous = mention.is_anonymous and entity.label != "PERSON"  # 'a senior official, Ana Brek'
        self.take(entity, mention)
        if mention.role_noun and name.role_noun is None and not name.is_place:
            name.role, name.role_noun, name.rank = mention.role, mention.role_noun, mention.rank
            name.role_of, name.role_topic = mention.role_of, mention.role_topic

    def _apposed(self, mention: Mention) -> Mention | None:
        frame, tokens = self.frame, self.frame.tokens
        head = tokens[mention.head]
        if tokens[mention.first].tag == "WP$":  # 'Aldan, whose brother …' is not the brother
            return None
        if head.dep == "appos":
            name = frame.at_head.get(head.head)
            if name is not None and name.kind == "name" and name.label in ("PERSON", "ORG", ""):
                return name
        for child in frame.document.children[mention.head]:
            name = frame.at_head.get(child)
            if tokens[child].dep == "appos" and name is not None and name.label == "PERSON":
                return name
        if head.dep == "attr" and tokens[head.head].lemma == "be":
            subject = frame.document.child(head.head, "nsubj")
            name = frame.at_head.get(subject) if subject is not None else None
            return name if name is not None and name.kind == "name" and name.label == "PERSON" else None
        if mention.last + 1 < len(tokens) and tokens[mention.last].text == ",":
            name = frame.covered.get(mention.last + 1)
            if (name is not None and name.label == "PERSON" and name.first == mention.last + 1
                    and tokens[name.head].dep in ("appos", "nsubj", "conj") and self._closed(name)):  # fmt: skip
                return name
        if mention.first > 1 and tokens[mention.first - 1].text == "," and self._closed(mention):
            name = frame.covered.get(mention.first - 2)
            if name is not None and name.label == "PERSON" and name.last == mention.first - 1 and name.kind == "name":
                return name
        return None

    def _closed(self, mention: Mention) -> bool:
        """Whether a comma, a full stop or nothing follows, so that this is no list."""
        tokens = self.frame.tokens
        if mention.last >= len(tokens):
            return True
        after = tokens[mention.last]
        follows = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
        if after.text == "," and follows is not None and follows.pos == "CCONJ":
            return False
        return after.pos in ("PUNCT", "VERB", "AUX")

    def _join_nominal(self, mention: Mention) -> None:
        entity = None
        head = self.frame.tokens[mention.head]
        if mention.role_noun and mention.number == "singular" and not mention.is_anonymous:
            entity = self.holder(mention)
        elif mention.is_definite and mention.modifier is None:
            entity = self._same_noun(mention)
            if entity is None and mention.number == "singular" and (head.lemma in KIND_OF or head.lemma in BODIES):
                labels = KIND_OF.get(head.lemma, ("ORG", ""))
                entity = self._latest(
                    mention, lambda e: e.label in labels and not e.is_anonymous and e.name is not None
                )
        elif mention.modifier is not None and not mention.is_anonymous:
            key = f"nominal:{self.text(mention.modifier)}:{head.lemma}"
            entity = self.by_key.get(key)
            if entity is None:
                self.by_key[key] = self.new(mention)
                return
        if entity is None:
            if not descriptions.waits(self.frame, mention):
                self.new(mention)
        else:
            mention.rule += "+anaphor"
            self.take(entity, mention)

    def _same_noun(self, mention: Mention) -> Entity | None:
        tokens, own = self.frame.tokens, self._qualities(mention)
        return self._latest(
            mention,
            lambda e: any(
                tokens[m.head].lemma == tokens[mention.head].lemma
                and m.number == mention.number
                and own <= self._qualities(m)
                for m in e.mentions
            ),
        )

    def _qualities(self, mention: Mention) -> set[str]:
        """The words before the head that tell one ministry from another."""
        words = self.frame.tokens[mention.first : mention.head]
        return {t.lemma for t in words if t.dep in ("amod", "compound", "nmod") and t.pos != "DET"}

    def holder(self, mention: Mention) -> Entity | None:
        """The person of the text who holds the office: told by the text before, or known to the dictionary."""
        noun, owner = mention.role_noun or "", self.text(mention.role_of)
        if not mention.is_definite and not owner:
            return None
        if mention.role_topic is not None:
            return None
        if owner and (noun, owner) != ("", ""):
            told = self._latest(mention, lambda e: (noun, owner) in e.roles and e.label == "PERSON")
            if told is not None:
                return told
        owner_keys = self.keys_of(mention.role_of)
        if owner_keys:
            return self._latest(
                mention, lambda e: any(p in owner_keys and _covers(noun, r) for r, p in self._known_roles(e))
            )
        if owner:
            return None

        def told_as(entity: Entity) -> bool:
            return not entity.is_plural and any(_same_office(noun, role) for role, _ in entity.roles)

        return (
            self._latest(mention, lambda e: e.label == "PERSON" and told_as(e))
            or self._latest(mention, lambda e: any(_covers(noun, r) for r, _ in self._known_roles(e)))
            or self._latest(mention, lambda e: e.label == "NOMINAL" and told_as(e))
        )

    def _known_roles(self, entity: Entity) -> set[tuple[str, str]]:
        day = self.frame.document.published
        return {pair for key in entity.keys for pair in lexicon.offices(key, day)}

    def offices(self, entity: Entity) -> set[str]:
        """The offices, told or known, that the person holds; kinds of people and relations left out."""
        told = {m.role_noun for m in entity.mentions if m.role_noun and m.rank in ("", "leader")}
        return told | {role for role, _ in self._known_roles(entity)}

    def owner_keys(self, entity: Entity) -> frozenset[str]:
        """Keys of states and bodies that the text or the dictionary ties the person to."""
        told = [self.keys_of(m.role_of) for m in entity.mentions]
        return frozenset({principal for _, principal in self._known_roles(entity)}.union(*told))

    def keys_of(self, span: tuple[int, int] | None) -> frozenset[str]:
        """Dictionary keys of the name at a span."""
        name = self.frame.covered.get(span[0]) if span is not None else None
        return frozenset(r.actor_key for r in name.readings) if name is not None else frozenset()

    def _latest(self, mention: Mention, fits: Callable[[Entity], bool]) -> Entity | None:
        """The entity that fits whose last mention before this one is the nearest."""
        mentions = self.frame.mentions
        at = bisect_left(mentions, mention.first, key=lambda m: m.first)
        tried: set[int] = set()
        for other in reversed(mentions[max(0, at - REACH) : at]):
            if other.entity is None or other.entity in tried or other is mention:
                continue
            tried.add(other.entity)
            if fits(self.entities[other.entity]):
                return self.entities[other.entity]
        return None


LEADING = frozenset(
    {"president", "prime minister", "chancellor", "king", "emir", "supreme leader", "leader", "acting president"}
)


def _same_office(one: str, other: str) -> bool:
    """'the minister' is the foreign minister; a former one is not, nor is a defence minister the prime minister."""
    if one.startswith("former ") != other.startswith("former "):
        return False
    words, others = one.removeprefix("former ").split(), other.removeprefix("former ").split()
    return words[-1] == others[-1] and (words == others or 1 in (len(words), len(others)))


def _covers(noun: str, role: str) -> bool:
    return role == noun or (noun == "leader" and role in LEADING)


def is_subject(frame: Frame, mention: Mention) -> bool:
    """Whether the mention is the subject of a verb."""
    return frame.tokens[mention.head].dep in SUBJECT
