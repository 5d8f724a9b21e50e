"""Mentions without a name: offices ('Putin's adviser'), people and bodies ('European officials'), pronouns.

Titles in front of a name are no mention of their own: they fill the name's role. Whose envoy and to where is kept as
spans for SQL. Unnamed people who tell something to a reporter are marked as anonymous sources.
"""

from __future__ import annotations

from flows.language import descriptions, lexicon
from flows.language.document import Token
from flows.language.mention_frame import SPEECH, Frame, Mention, Span
from flows.language.names import BODY

HONORIFIC = frozenset(
    """
    mr mrs ms sir lord lady dame doctor professor reverend
    """.split()  # noqa: SIM905
)
INSIDE = (
    "det",
    "amod",
    "compound",
    "nmod",
    "poss",
    "nummod",
    "quantmod",
    "advmod",
    "case",
    "predet",
    "punct",
    "npadvmod",
)
TOPICAL = ("envoy", "ambassador", "representative", "coordinator", "negotiator")
FAMILIAR = frozenset("familiar brief close involve knowledgeable aware acquaint privy".split())  # noqa: SIM905
VAGUE = frozenset(
    """
    force side state paper office bank source country nation team court department agency bureau media daily
    party group union community firm company campaign mission council committee
    """.split()  # noqa: SIM905
)
# Groups that are somebody's: 'ministers of Lorvia'.
ENVOYS = frozenset("ambassadors delegation diplomats envoys leaders ministers negotiators officials reps".split())  # noqa: SIM905
# Of these each owner has its own: 'delegations of Lorvia and Tasmar' are two, 'the leaders of' both may be one voice.
SENT = frozenset(("ambassadors", "delegation", "diplomats", "envoys", "negotiators", "reps"))
PRONOUNS = {
    "he": ("singular", "male"), "him": ("singular", "male"), "his": ("singular", "male"),
    "she": ("singular", "female"), "her": ("singular", "female"), "hers": ("singular", "female"),
    "it": ("singular", "unknown"), "its": ("singular", "unknown"),
    "they": ("plural", "unknown"), "them": ("plural", "unknown"), "their": ("plural", "unknown"),
    "i": ("singular", "unknown"), "me": ("singular", "unknown"), "my": ("singular", "unknown"),
    "we": ("plural", "unknown"), "us": ("plural", "unknown"), "our": ("plural", "unknown"),
}  # fmt: skip


def find(frame: Frame) -> None:
    """Adds offices, nominals and pronouns, and fills the roles of names from the titles in front of them."""
    _titles(frame)
    _origins(frame)
    descriptions.find(frame)
    groups = lexicon.group_nouns()
    for token in frame.tokens:
        at = token.index
        if at in frame.covered:
            continue
        if at in frame.roles:
            last, role = frame.roles[at]
            if not _belongs_to_name(frame, last):
                _office(frame, at, last, role)
        elif token.tag in ("PRP", "PRP$"):
            _pronoun(frame, at)
        elif token.lemma in groups and at not in frame.role_tokens and _is_common(token):
            _group(frame, at, groups[token.lemma])
        elif token.tag == "NNPS" and _starts_sentence(frame, at) and (lemma := lexicon.plural_group(token.text)):
            _group(frame, at, groups[lemma])
    frame.mentions.sort(key=lambda m: (m.first, -m.last))
    _people(frame)


def _is_common(token: Token) -> bool:
    """A common noun; the tagger takes 'ministry' in 'the foreign ministry' for a name now and then."""
    return token.pos == "NOUN" or (token.pos == "PROPN" and token.text.islower())


def _starts_sentence(frame: Frame, at: int) -> bool:
    return at == 0 or frame.tokens[at - 1].sentence != frame.tokens[at].sentence or frame.tokens[at - 1].pos == "PUNCT"


def _people(frame: Frame) -> None:
    """'The mayor of Tessel, Ilan Voss, …': a name between commas behind an office is a person's, also later alone."""
    tokens, surnames = frame.tokens, {}
    for mention in frame.mentions:
        if mention.kind != "role" or mention.last + 1 >= len(tokens) or tokens[mention.last].text != ",":
            continue
        name = frame.covered.get(mention.last + 1)
        if name is None or name.kind != "name" or name.readings or name.label == "PERSON" or name.last >= len(tokens):
            continue
        words = [t.text for t in tokens[name.first : name.last]]
        closed = tokens[name.last].text == "," or tokens[name.last].pos in ("VERB", "AUX")
        if len(words) in (2, 3) and closed and words[-1].lower() not in BODY and all(w[0].isupper() for w in words):
            name.label, name.gender, name.rule = "PERSON", mention.gender, name.rule + "+office"
            surnames[words[-1]] = name
    for mention in frame.mentions if surnames else ():
        full = surnames.get(tokens[mention.first].text)
        if full is not None and mention.kind == "name" and mention.last - mention.first == 1 and not mention.readings:
            mention.label, mention.gender, mention.rule = "PERSON", full.gender, mention.rule + "+surname"


def _belongs_to_name(frame: Frame, last: int) -> bool:
    after = frame.covered.get(last)
    return after is not None and after.first == last and after.label == "PERSON"


def _titles(frame: Frame) -> None:
    """Roles in front of names: 'US Secretary of State Marco Rubio', 'Kremlin spokesman Dmitry Peskov'."""
    for mention in frame.mentions:
        start = frame.role_ends.get(mention.first)
        if start is None or mention.label != "PERSON":
            continue
        role = frame.roles[start][1]
        frame.title_of.update(dict.fromkeys(range(start, mention.first), mention))
        above = frame.tokens[mention.head].head
        if start <= above < mention.first:  # the parser took the title for the head: that is where clauses meet it
            mention.head = above
            frame.at_head[above] = mention
        if role.gender and (mention.gender == "unknown" or role.role_noun in HONORIFIC):
            mention.gender = "male" if role.gender == "m" else "female"
            mention.readings = tuple(r for r in mention.readings if r.gender in ("", role.gender))  # Ms. Obama
        first = start
        while first > 0 and _is_modifier(frame, first - 1, start, mention.head):
            first -= 1
        if role.role_noun in HONORIFIC:
            continue
        mention.rank, tokens = role.rank, frame.tokens
        while first > 0 and tokens[first - 1].tag == "PRP$" and tokens[first - 1].sentence == tokens[start].sentence:
            first -= 1
        of = (first, first + 1) if tokens[first].tag == "PRP$" else _nearest_name(frame, first, start)
        if of is None and tokens[first].text in ("'s", "’s"):
            first += 1
        noun = f"former {role.role_noun}" if _is_past(frame, first, start) else role.role_noun
        mention.role, mention.role_noun, mention.role_of = (first, mention.first), noun, of


def _is_past(frame: Frame, first: int, last: int) -> bool:
    """Whether 'former', 'ex-' or 'late' stands before the office."""
    return any(
        t.text.lower() in ("former", "ex", "late", "then", "ousted", "deposed") for t in frame.tokens[first:last]
    )


def _origins(frame: Frame) -> None:
    """'Tomas Akerele of Marenia', 'Prime Minister Lena Vorak of Drovia': the country of a person.

    What holders of an office are 'of' is no person, though the recogniser takes an unknown country for one.
    """
    for mention in frame.mentions:
        if mention.label == "PERSON" and mention.role_of is None:
            origin = _complement(frame, mention.head, "of", "from")
            name = frame.covered.get(origin[0]) if origin is not None else None
            if name is not None and (name.label != "PERSON" or (mention.role_noun and name.last - name.first == 1)):
                mention.role_of = origin


def _is_modifier(frame: Frame, at: int, start: int, head: int) -> bool:
    token = frame.tokens[at]
    if token.sentence != frame.tokens[start].sentence:
        return False
    if token.pos in ("ADJ", "PART") or token.tag in ("POS", "HYPH") or at in frame.role_tokens:
        return True
    if at in frame.covered or token.pos in ("NOUN", "PROPN"):
        seen = at
        for up in frame.document.ancestors(at):
            seen = up
            if up == head or start <= up < head:
                return True
            if up < at:
                break
        return seen == head
    return False


def _nearest_name(frame: Frame, first: int, start: int) -> Span | None:
    for n in range(start - 1, first - 1, -1):
        name = frame.covered.get(n)
        if name is not None:
            return max(name.first, first), name.last
    return None


def _extent(frame: Frame, head: int, first: int, last: int, is_office: bool) -> Span:
    """The noun phrase around its head: modifiers in front, one complement behind, no relative clause."""
    tokens, children = frame.tokens, frame.document.children
    stack = [c for n in range(first, last) for c in children[n] if c < first and tokens[c].dep in INSIDE]
    inside: set[int] = set()
    while stack:
        at = stack.pop()
        inside.add(at)
        stack.extend(c for c in children[at] if c < first)
    while first - 1 in inside:
        first -= 1
    while tokens[first].pos == "PUNCT" and first < head:
        first += 1
    if last < len(tokens) and tokens[last].sentence == tokens[head].sentence and _goes_on(frame, head, last, is_office):
        end = last
        for n in frame.document.subtree(last):
            if n < last:
                continue
            if n != end or tokens[n].pos == "PUNCT" or tokens[n].tag in ("WP", "WDT"):
                break
            end = n + 1
        last = max(last, end)
    return first, last


def _goes_on(frame: Frame, head: int, at: int, is_office: bool) -> bool:
    """Whether the phrase that starts here completes the noun: 'of …', an office's 'to …', 'familiar with …'."""
    token = frame.tokens[at]
    if token.lemma in FAMILIAR:  # the parser may take 'officials briefed on it' for a clause with the noun as subject
        return token.head == head or frame.tokens[head].head == at
    if token.dep != "prep" or token.head != head:
        return False
    if token.lemma in ("of", "from") or (is_office and token.lemma in ("to", "for", "on", "at")):
        return True
    below = frame.document.children[at]
    return token.lemma == "with" and any(frame.tokens[c].lemma in ("knowledge", "insight") for c in below)


def _possessor(frame: Frame, head: int, first: int) -> Span | None:
    """The name or noun that owns or qualifies the head, from the left: 'Trump's', 'US and European'."""
    names = [frame.covered[n] for n in range(first, head) if n in frame.covered]
    if not names:
        child = frame.document.child(head, "poss")
        owner = frame.at_head.get(child) if child is not None else None
        return (owner.first, owner.last) if owner is not None and owner.kind in ("pronoun", "nominal") else None
    possessive = [m for m in names if frame.tokens[m.head].dep == "poss"]
    if possessive:
        return possessive[-1].first, possessive[-1].last
    return names[0].first, names[-1].last


def _complement(frame: Frame, head: int, *prepositions: str, after: int = 0) -> Span | None:
    """The name after one of these prepositions: 'envoy to Ukraine' -> Ukraine; none of the title's own words."""
    for child in frame.document.children[head]:
        if child >= after and frame.tokens[child].dep == "prep" and frame.tokens[child].lemma in prepositions:
            target = frame.document.child(child, "pobj")
            if target is not None:
                name = frame.covered.get(target)
                return (name.first, name.last) if name is not None else (target, target + 1)
    return None


def _office(frame: Frame, first: int, last: int, role: lexicon.RoleNoun) -> None:
    tokens = frame.tokens
    head = frame.head_of(first, last)
    token = tokens[head]
    modifies = token.dep in ("compound", "amod", "nmod") and not first <= token.head < last
    if role.role_noun in HONORIFIC or (modifies and tokens[token.head].pos in ("NOUN", "PROPN")):
        return
    start, end = _extent(frame, head, first, last, is_office=True)
    kind = "nominal" if role.rank in ("common", "anyone") else "role"
    gender = {"m": "male", "f": "female"}.get(role.gender, "unknown")
    mention = Mention(start, end, head, kind, "NOMINAL", f"{kind}:title", (), "singular", gender)
    mention.role = (start, end)
    mention.role_noun = f"former {role.role_noun}" if _is_past(frame, start, first) else role.role_noun
    mention.rank = role.rank
    ends = (
        ("of", "for", "at", "with", "to")
        if role.role_noun.split()[-1] in ("aide", "adviser", "ally")
        else ("of", "for", "at", "with")
    )
    owner = _possessor(frame, head, start) or _complement(frame, head, *ends, after=last)
    if role.role_noun.split()[-1] in TOPICAL:
        mention.role_topic = _complement(frame, head, "to", "for", "on")
        if mention.role_topic == owner:
            owner = None
    mention.role_of = owner
    if kind == "nominal":
        mention.modifier = _possessor(frame, head, start)
    if kind == "role" and tokens[start].text.lower() in ("a", "an", "one", "another"):
        mention.kind = kind = "nominal"
        mention.modifier = mention.role_of
    _finish(frame, mention, can_be_source=kind == "nominal")


def _group(frame: Frame, head: int, noun: lexicon.GroupNoun) -> None:
    tokens = frame.tokens
    token = tokens[head]
    if token.dep in ("compound", "amod", "nmod") and tokens[token.head].pos in ("NOUN", "PROPN"):
        return
    first, last = _extent(frame, head, head, head + 1, is_office=False)
    modifier = _possessor(frame, head, first)
    if (modifier is None and noun.kind in ("government", "forces")) or noun.group_suffix in ENVOYS:
        owner = _complement(frame, head, "of", "from")
        modifier = modifier or (_whole(frame, owner) if token.tag != "NN" and noun.group_suffix in SENT else owner)
    if token.lemma in VAGUE and token.tag == "NN" and modifier is None and tokens[first].tag != "DT":
        return
    number = "plural" if token.tag == "NNS" or token.lemma in ("police", "people", "military") else "singular"
    mention = Mention(first, last, head, "nominal", "NOMINAL", f"nominal:{noun.kind}", (), number)
    mention.modifier = modifier
    _finish(frame, mention, noun.can_be_source)


def _whole(frame: Frame, span: Span | None) -> Span | None:
    """'delegations of Lorvia and Tasmar': with the names that stand beside the first."""
    if span is None:
        return None
    last = span[1]
    for child in frame.document.children[span[1] - 1]:
        name = frame.covered.get(child)
        if frame.tokens[child].dep == "conj" and name is not None and name.first >= last:
            last = name.last
    return span[0], last


def _finish(frame: Frame, mention: Mention, can_be_source: bool) -> None:
    determiner = frame.document.child(mention.head, "det", "poss")
    word = frame.tokens[determiner].text.lower() if determiner is not None else ""
    mention.is_definite = word in ("the", "this", "that", "these", "those")
    if can_be_source:
        mention.is_anonymous = _is_anonymous(frame, mention)
    frame.add(mention)


def _is_anonymous(frame: Frame, mention: Mention) -> bool:
    """Unnamed people as a source: they speak, are named after 'according to', or are said to be in the know."""
    tokens, head = frame.tokens, frame.tokens[mention.head]
    for child in frame.document.children[head.index]:
        lemma, dep = tokens[child].lemma, tokens[child].dep
        if child > head.index and dep in ("acl", "amod", "relcl", "acomp") and lemma in FAMILIAR:
            return True
        if (
            dep == "prep"
            and lemma == "with"
            and any(tokens[c].lemma in ("knowledge", "insight") for c in frame.document.children[child])
        ):
            return True
        if dep == "relcl" and {"anonymity", "name", "identify"} & {
            tokens[n].lemma for n in frame.document.subtree(child)
        }:
            return True
    if any(t.lemma in FAMILIAR for t in tokens[mention.head + 1 : mention.last]):
        return True
    if mention.is_definite and mention.number == "singular" and head.lemma != "source":
        return False
    if head.dep in ("nsubj", "conj") and tokens[head.head].lemma in SPEECH and tokens[head.head].pos == "VERB":
        acts = tokens[head.head].lemma in ("agree", "offer", "reject", "accuse", "urge", "call")
        return head.dep == "nsubj" and (mention.number == "singular" or not acts)  # several together act as a party
    if head.dep == "pobj" and tokens[head.head].lemma == "to" and tokens[head.head - 1].lemma == "accord":
        return True
    if head.dep in ("pobj", "agent") and tokens[head.head].dep == "agent":
        return tokens[tokens[head.head].head].lemma in SPEECH
    return head.lemma == "source" and head.dep in ("nsubj", "pobj")


def _pronoun(frame: Frame, at: int) -> None:
    token = frame.tokens[at]
    form = PRONOUNS.get(token.text.lower())
    if form is None or (token.text.lower() == "it" and _is_expletive(frame, at)):
        return
    frame.add(Mention(at, at + 1, at, "pronoun", "", "pronoun", (), form[0], form[1]))


def _is_expletive(frame: Frame, at: int) -> bool:
    """'It is difficult to …', 'it was reported that …', 'it takes time to …': nobody is meant."""
    token = frame.tokens[at]
    if token.dep == "expl":
        return True
    if token.dep not in ("nsubj", "nsubjpass"):
        return False
    kinds = {frame.tokens[c].dep for c in frame.document.children[token.head]}
    verb = frame.tokens[token.head]
    clause = kinds & {"ccomp", "xcomp", "advcl", "csubj"}
    if token.dep == "nsubjpass":
        return bool(clause) and verb.lemma in SPEECH
    return verb.lemma in ("be", "seem", "appear", "take", "remain", "become") and (
        (bool(clause) and bool(kinds & {"acomp", "attr", "ccomp"})) or verb.lemma == "seem"
    )
