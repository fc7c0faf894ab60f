"""Find the code, data and project pages that a text points to, and what it says of them.

    The source code will be available at https://github.com/ada/engine.

is a promise of code in the repository ada/engine, and no release.
"""

import re

from graphbuild.forges import find_urls, pages_repository, repository_of
from graphbuild.parts import CodeLink, Content, Stance

SENTENCE = re.compile(r"(?<=[.!?])[ \n]+(?=[A-Z\\({\"“`$])")
PROMISED = re.compile(
    r"\bwill\b(?: (?:also|soon|all))*(?: be)? ?(?:\w+ )??(?:available|released?|public|publish|"
    r"open|found|shared?|provided?|accessible|hosted|made)|"
    r"upon (?:acceptance|publication)|coming soon|"
    r"to be (?:released|published|open)|(?:plan|intend) to (?:release|publish|open)",
    re.IGNORECASE,
)
RELEASED = re.compile(
    r"\bavailable\b|\b(?:can|may) be (?:found|accessed|downloaded|obtained)|\baccessible\b|"
    r"\breleased?\b|\bopen[- ]?sourced?\b|\bhosted\b|\bprovided?\b|\bmake\b.*\bpublic|"
    r"\bfound (?:at|in|on|here)\b|\bshared?\b|\bpublicly\b|"
    r"\b(?:code|data|datasets?|models?|page|website|demo)s?\b[^.]{0,20}[:(]",
    re.IGNORECASE,
)
CONTENTS: tuple[tuple[Content, re.Pattern[str]], ...] = (
    (
        "code",
        re.compile(
            r"\b(?:codes?|codebase|implementations?|software|packages?|library|scripts?|toolkit|toolbox|repository)\b",
            re.IGNORECASE,
        ),
    ),
    ("data", re.compile(r"\b(?:data|datasets?|benchmarks?|corpus|corpora)\b", re.IGNORECASE)),
    ("models", re.compile(r"\b(?:models?|checkpoints?|weights)\b", re.IGNORECASE)),
)
FOREIGN = re.compile(
    r"\b(?:their|original|official) (?:code|implementation)|\bauthors' code", re.IGNORECASE
)


def find_code_links(text: str, datasets: tuple[str, ...] = ()) -> tuple[CodeLink, ...]:
    """Return one link for each distinct URL of an abstract, in the order of the text.

    A promise ("will be available") is no release, and the words of the sentence decide what lies
    there; a sentence that names one of ``datasets`` speaks of data.
    """
    links: dict[str, CodeLink] = {}
    for sentence in SENTENCE.split(text):
        for _, url in find_urls(sentence):
            links.setdefault(url, _link(url, " ".join(sentence.split()), datasets))
    return tuple(links.values())


def stated_link(  # noqa: PLR0913 - what sources state of a link
    url: str,
    words: str = "",
    *,
    stance: Stance = "released",
    contents: tuple[Content, ...] = ("code",),
    official: bool = False,
    in_text: bool = False,
    in_repository: bool | None = None,
    framework: str = "",
) -> CodeLink:
    """Return a link that a source states in a field of its own, beside the paper's text.

    Args:
        url: as written.
        words: what the field says, if anything but the URL.
        stance: a source that names code says that it is there.
        contents: what the field is for.
        official: the source says that it is the authors' own.
        in_text: the source says that the paper's text points there, too.
        in_repository: what the source says about the repository's naming the paper.
        framework: what the code builds on.
    """
    repository, candidate = repository_of(url), pages_repository(url)
    return CodeLink(
        url_written=url,
        repository="/".join(repository) if repository else None,
        candidate=candidate.url if candidate else None,
        stance=stance,
        contents=contents,
        official=official,
        sentence=words or url,
        in_text=in_text,
        stated=True,
        in_repository=in_repository,
        framework=framework,
    )


def _link(url: str, sentence: str, datasets: tuple[str, ...]) -> CodeLink:
    words = sentence.replace(url, " ")
    repository, candidate = repository_of(url), pages_repository(url)
    stance = _stance(words)
    contents = _contents(words, datasets)
    if repository is not None and stance != "mentioned" and not contents:
        contents = ("code",)
    return CodeLink(
        url_written=url,
        repository="/".join(repository) if repository else None,
        candidate=candidate.url if candidate else None,
        stance=stance,
        contents=contents,
        official=stance != "mentioned" and bool(contents) and not FOREIGN.search(words),
        sentence=sentence,
    )


def _stance(words: str) -> Stance:
    if PROMISED.search(words):
        return "promised"
    return "released" if RELEASED.search(words) else "mentioned"


def _contents(words: str, datasets: tuple[str, ...]) -> tuple[Content, ...]:
    found = [content for content, pattern in CONTENTS if pattern.search(words)]
    if "data" not in found and any(
        re.search(rf"\b{re.escape(name)}\b", words) for name in datasets
    ):
        found.append("data")
    return tuple(sorted(found))
