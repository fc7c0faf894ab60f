"""Find the system, method, dataset or benchmark that a paper says it introduces.

Precision before recall: each rule needs an explicit wording, and the words are kept as evidence.

- title: ``NAME: what it does``, where the abstract says that NAME is proposed
- proposed: ``we propose NAME``, ``this paper presents NAME, a ...``
- expanded: ``we introduce Long Descriptive Name (LDN)``, where the letters are the words' initials
- called: ``termed NAME``, ``called NAME``, ``dubbed NAME``
- new data: ``NAME, a newly constructed dataset``
- repository: the paper's own code lies in a repository that is named like a system
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graphbuild.parts import ArtifactKind, CodeLink, Introduction
from graphbuild.text import name_key

NAME = r"[A-Za-z][A-Za-z0-9]*(?:[-+.][A-Za-z0-9]+)*\+*"
VERB = (
    r"(?:propos(?:e|es|ing)|present(?:s|ing)?|introduc(?:e|es|ing)|develop(?:s|ing)?|"
    r"releas(?:e|es|ing)|construct(?:s|ing)?|build|creat(?:e|es|ing)|design(?:s|ing)?|"
    r"contribut(?:e|es))\b"
)
TITLE = re.compile(rf"({NAME})\s*(?::|\s[-–—]\s)\s*\S")
PROPOSED = re.compile(
    rf"\s+(?:also\s+)?[*“\"]?({NAME})[*”\"]?(?=\s*[,;:.(–—]|\s+(?:to|that|which|as)\b)"
)
EXPANDED = re.compile(rf"(?P<words>[^.;:()]{{3,200}}?)\(({NAME})\)")
"""What stands behind a verb, as `PROPOSED`: to look for the verbs first, and once, is faster."""

CALLING = (
    *("termed", "called", "named", "dubbed", "coined", "referred to as"),
    *("e call ", "e term ", "e name "),
)
"""One of them is in every text in which `CALLED` finds something."""

CALLED = re.compile(
    r"\b(?:termed|called|named|dubbed|coined|referred to as|which we (?:call|term|name)|"
    rf"[Ww]e (?:call|term|name) (?:it|this \w+))\s+(?:as\s+)?[*“\"]?({NAME})"
)
NEW_DATA = re.compile(
    r", (?:an?|our|the) (?:\w+ )?(?:new|newly|novel)[\w -]*?\b(?:dataset|benchmark|corpus)\b"
)
"""What stands behind the name: it is found much faster than any name with this behind it."""

NAME_BEFORE = re.compile(rf"{NAME}$")
LONGEST_NAME = 60
MAY_BE_COINED = re.compile(r"[A-Z][A-Za-z0-9.+-]*?[A-Z0-9]")
"""In every text that holds a name for which `looks_coined`; much faster than the rules."""

PROPOSING = re.compile(VERB)
"""Finds also what ends like a verb: `_verbs` looks at what stands before, as a pattern that starts
with the border of a word is four times as slow."""

FARTHEST = 200
"""Characters between a verb and the name that it proposes."""

WORD_SIGN = re.compile(r"\w")
BEHIND = re.compile(r"\)?(?:,| is| are|:)?((?: [^.;(]{0,160})?)")
ANY_NAME = re.compile(NAME)
DATA_NOUN = r"datasets?|benchmarks?|corpus|corpora|test ?bed|collection"
KIND = re.compile(
    rf"\b(?:(?P<data>{DATA_NOUN})|framework|methods?|models?|algorithms?|systems?|approach|variants?|"
    r"toolkit|toolbox|library|architecture|descriptor|networks?|paradigm|pipeline|strategy|optimizer|"
    r"technique|training|evolution\w*)\b",
    re.IGNORECASE,
)
LINKING = re.compile(r"\b(?:that|which|with|via|by|using|based|for|from|two|three|several|under)\b")
VERSION = re.compile(r"(?<=[A-Za-z])[-.]?[vV]?\d+(?:\.\d+)*\+*$|\++$")
COMMON = frozenset(
    {"AI", "ML", "NLP", "CV", "DNN", "CNN", "RNN", "GAN", "LLM", "VLM", "MLLM", "GPU", "CPU", "US"}
    | {"UK", "EU", "WWW", "3D", "2D", "COVID", "COVID-19", "SARS-CoV-2"}
)
"""Abbreviations that titles and sentences bring up without introducing anything."""


class Finding(NamedTuple):
    """One place where a rule found a name."""

    name: str
    rule: str
    words: str
    other: str = ""


def find_introductions(
    title: str, abstract: str, links: tuple[CodeLink, ...] = ()
) -> tuple[Introduction, ...]:
    """Return what a paper introduces, in the order of the abstract.

    Args:
        title: readable text.
        abstract: readable text; may be empty.
        links: the paper's own code links; `with_repositories` adds what their names tell.
    """
    if not abstract and TITLE.match(title) is None:
        return ()  # of most entries in a list of references there is only a title
    findings = [*_in_abstract(title, abstract), *_in_title(title, abstract)]
    named: dict[str, list[Finding]] = {}
    for finding in findings:
        named.setdefault(name_key(finding.name), []).append(finding)
    return tuple(_introduction(group, title, abstract, links) for group in named.values())


def repository_introduction(link: CodeLink) -> Introduction | None:
    """Return the system that a paper's own released repository is named after, if it is named so.

    Only for a paper that introduces nothing by its words, and a repository that no other paper
    of the source points to.
    """
    name = (link.repository or "").rpartition("/")[2]
    if not (link.official and link.repository and "code" in link.contents and looks_coined(name)):
        return None
    return Introduction(
        name, "method", (("repository", link.sentence),), repository=link.repository
    )


def looks_coined(name: str) -> bool:
    """Say whether a word looks like a coined name: ``SDNet``, ``OTOv2``, ``Cat-AIR``, ``DREAM``.

    At least two capitals, or capitals and a digit; no plural of an abbreviation, no underscore.
    """
    capitals = sum(letter.isupper() for letter in name)
    if name in COMMON or name.rstrip("s") in COMMON or not 2 < len(name) <= 30:
        return False
    if re.fullmatch(r"[A-Z]+s", name) or not ANY_NAME.fullmatch(name):
        return False
    return capitals >= 2 or (capitals == 1 and name[-1].isdigit() and name[0].isupper())


def _in_abstract(title: str, abstract: str) -> Iterator[Finding]:
    if not MAY_BE_COINED.search(abstract):
        return
    verbs = list(_verbs(abstract))
    for match, words in (*_behind(verbs, PROPOSED, abstract), *_called(abstract)):
        if looks_coined(match[1]):
            yield Finding(match[1], "called" if match.re is CALLED else "proposed", words)
    yield from _new_data(abstract)
    for match, words in _behind(verbs, EXPANDED, abstract):
        expansion = _expanded(match[2], match["words"], title)
        if expansion:
            yield Finding(match[2], "expanded", words.strip(), expansion)


def _called(text: str) -> Iterator[tuple[re.Match[str], str]]:
    if any(word in text for word in CALLING):
        yield from ((match, match[0]) for match in CALLED.finditer(text))


def _verbs(text: str) -> Iterator[re.Match[str]]:
    """Yield the verbs of a text in small letters."""
    for match in PROPOSING.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not WORD_SIGN.match(before):
            yield match


def _behind(
    verbs: list[re.Match[str]], pattern: re.Pattern[str], text: str
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield where verbs are followed by a pattern, with all the words; nothing overlaps."""
    end = 0
    for verb in verbs:
        match = pattern.match(text, verb.end()) if verb.start() >= end else None
        if match:
            end = match.end()
            yield match, text[verb.start() : end]


def _expanded(name: str, words: str, title: str) -> str:
    """Return the long form of a name that stands in brackets behind it, or nothing."""
    if not looks_coined(name):
        return ""
    expansion = _expansion(name, words)
    lead = words[: len(words.rstrip()) - len(expansion)]
    return expansion if not LINKING.search(lead) or _heads(expansion, title) else ""


def _new_data(abstract: str) -> Iterator[Finding]:
    for match in NEW_DATA.finditer(abstract):
        before = NAME_BEFORE.search(abstract[max(0, match.start() - LONGEST_NAME) : match.start()])
        if before and looks_coined(before[0]):
            yield Finding(before[0], "new data", before[0] + match[0])


def _in_title(title: str, abstract: str) -> Iterator[Finding]:
    match = TITLE.match(title)
    if match is None or not looks_coined(match[1]):
        return
    if not abstract:
        yield Finding(match[1], "title", match[0].rstrip())
        return
    told = _proposed(match[1], abstract)
    if told:
        yield Finding(told, "title", title, match[1])


def _proposed(name: str, abstract: str) -> str:
    """Return a name as an abstract spells it in a sentence that proposes it, or nothing."""
    text, wanted = abstract.lower(), name.lower()
    if len(text) != len(abstract) or wanted not in text:
        return ""
    for verb in _verbs(text):
        told = _place(wanted, text, verb.end())
        between = abstract[verb.end() : told]
        if told >= 0 and len(between) <= FARTHEST and "." not in between:
            return abstract[told : told + len(name)]
    return ""


def _place(word: str, text: str, start: int = 0) -> int:
    """Return where a whole word stands in a text, or -1; making a pattern of it is slow."""
    place = text.find(word, start)
    while place >= 0:
        end = place + len(word)
        before, after = text[place - 1 : place], text[end : end + 1]
        if not WORD_SIGN.match(before) and bool(WORD_SIGN.match(after)) != word[-1].isalnum():
            return place
        place = text.find(word, place + 1)
    return -1


def _expansion(name: str, words: str) -> str:
    """Return the last words before the bracket whose initials hold the letters of the name."""
    parts = list(re.finditer(r"[A-Za-z0-9]+", words))
    letters = VERSION.sub("", name).replace("-", "")
    for first in range(len(parts) - 1, -1, -1):
        phrase = words[parts[first].start() :].strip()
        if parts[first][0][0].lower() == letters[0].lower() and _spells(letters, phrase):
            return phrase
    return ""


def _spells(letters: str, phrase: str) -> bool:
    """Say whether the letters occur in order in the phrase, the capitals as initials of words."""
    initials = iter(word[0].lower() for word in re.findall(r"[A-Za-z0-9]+", phrase))
    text = iter(phrase.lower())
    return all(letter.lower() in initials for letter in letters if letter.isupper()) and all(
        letter in text for letter in letters.lower()
    )


def _heads(phrase: str, title: str) -> bool:
    return name_key(title).startswith(name_key(phrase))


def _introduction(
    group: list[Finding], title: str, abstract: str, links: tuple[CodeLink, ...]
) -> Introduction:
    name = group[0].name
    spellings = [other for finding in group for other in (finding.name, finding.other)]
    others = sorted({other for other in spellings if other and other != name})
    return Introduction(
        name=name,
        kind=_kind(name, title, abstract),
        evidence=tuple(dict.fromkeys((finding.rule, finding.words) for finding in group)),
        other_names=tuple(others),
        repository=_own_repository({name, *others}, links),
    )


def _kind(name: str, title: str, abstract: str) -> ArtifactKind:
    """Return what the words behind the name call it: the first noun of a kind decides."""
    told = _place(name, abstract)
    behind = BEHIND.match(abstract, told + len(name)) if told >= 0 else None
    for words in ((behind[1] if behind else ""), title.partition(":")[2]):
        noun = KIND.search(words)
        if noun:
            return "dataset" if noun["data"] else "method"
    return "method"


def _own_repository(names: set[str], links: tuple[CodeLink, ...]) -> str | None:
    keys = {_squeezed(each) for name in names for each in (name, VERSION.sub("", name))}
    for link in links:
        repository = (link.repository or "").rpartition("/")[2]
        if repository and _squeezed(repository) in keys:
            return link.repository
    return None


def _squeezed(name: str) -> str:
    return name_key(name).replace(" ", "")
