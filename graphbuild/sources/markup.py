"""Make readable text of HTML and JATS markup in titles and abstracts."""

from html import unescape
from html.parser import HTMLParser

from graphbuild.text import clean

BLOCKS = frozenset(
    {"p", "br", "div", "li", "sec", "title", "jats:p", "jats:sec", "jats:title", "tr"}
)
UNREADABLE = frozenset({"annotation", "jats:tex-math", "script", "style", "tex-math"})


class _Reader(HTMLParser):
    """Collects the text of a piece of markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - its signature
        self._hidden += tag in UNREADABLE
        if tag in BLOCKS:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in UNREADABLE and self._hidden > 0
        if tag in BLOCKS:
            self.pieces.append(" ")

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as its base
        """Take ``<![`` that begins no known section for text."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # what the library says to a word that it does not know
            self.handle_data("<![")
            return i + 3

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def without_markup(text: str) -> str:
    """Return text without tags, entities resolved, white space reduced; TeX stays as it is.

    >>> without_markup("<jats:p>H<sub>2</sub>O &amp; salt,</jats:p><jats:p>a &lt; b</jats:p>")
    'H2O & salt, a < b'
    """
    if "<" not in text:
        return clean(unescape(text)) if "&" in text else clean(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return clean("".join(reader.pieces))
