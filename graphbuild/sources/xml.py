"""Read XML record by record: nothing is fetched, no entity grows, memory stays small."""

from collections.abc import Iterator

from lxml import etree

from graphbuild.records import Rejected
from graphbuild.sources.files import InputFile
from graphbuild.sources.formats import rejected
from graphbuild.text import clean

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it


def elements(file: InputFile, *tags: str) -> Iterator[Element | Rejected]:
    """Yield every element with one of these tags, complete, and forget it afterwards.

    Where the XML breaks, the rest of the file comes as one `Rejected`. Entities that only a DTD
    explains stay in the tree as entity nodes; `text_of` resolves those of HTML.

    Args:
        file: the input.
        tags: names of elements, with ``{namespace}`` or ``{*}`` where they have one.

    Raises:
        InputError: the file cannot be read.
    """
    last = 0
    with file.open() as stream:
        events = etree.iterparse(
            stream, events=("end",), tag=tags, load_dtd=False, no_network=True,
            resolve_entities=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for _, element in events:
                last = element.sourceline or last
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            reason = f"broken XML: {error.msg}; nothing after this line was read"
            yield rejected(reason, "", line=(error.lineno or last))


def text_of(element: Element | None) -> str:
    """Return all text inside an element, entities resolved, white space reduced.

    >>> text_of(etree.fromstring("<title>On <i>E. coli</i> in water</title>"))
    'On E. coli in water'
    """
    return "" if element is None else clean("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child, etree._Entity):  # noqa: SLF001
            yield child.text or ""
        elif isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""


def _forget(element: Element) -> None:
    """Free an element and all before it."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]
