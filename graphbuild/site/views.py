"""Say what a bundle holds: the page of one entity, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graphbuild.mapping import vocabulary as v
from graphbuild.mapping.vocabulary import curie
from graphbuild.site import classes
from graphbuild.site.bundle import Bundle, Value, Wide
from graphbuild.site.classes import BY_SLUG, OTHER, REVERSED
from graphbuild.site.page import Fact, Link, Page, Record, Section
from graphbuild.site.papers import paper_view
from graphbuild.site.pictures import bars, star
from graphbuild.site.places import Places, href, on_the_web
from graphbuild.site.questions import SHOWN, Part
from graphbuild.store.columns import is_iri, plain
from graphbuild.store.words import class_words, ordinal, property_words, value_words

DEPTH = 2
DRAWN = 12
TOLD = frozenset({
    v.TYPE, v.DERIVED_FROM, v.HAS_AUTHORSHIP, v.CREATOR, v.ABSTRACT, v.ABSTRACT_AS_WRITTEN,
    v.FUNDED_BY, v.HAS_REVISION, v.AUTHOR_COUNT, v.AUTHOR_COUNT_AT_LEAST, v.AUTHOR_LIST_STATUS,
    v.LISTED_AUTHOR_COUNT, v.ISSUED, v.ISSUED_STATUS, v.ISSUED_MONTH_DAY, v.SUBJECT,
    v.PRIMARY_SUBJECT, v.PART_OF, v.HAS_RELEASED_CODE, v.HAS_OFFICIAL_CODE, v.PROMISES_CODE,
    v.INTRODUCES, v.LEADING_MEASURE,
})  # fmt: skip
"""What a page says in a place of its own, or what is told by something else."""

WORDS = {
    v.ALT_LABEL: "also called",
    v.ALTERNATIVE: "also called",
    v.BROADER: "part of",
    v.CAPTURED_ON: "captured on",
    v.COUNTRY: "country",
    v.HOME_PAGE: "home page",
    v.IN_SCHEME: "scheme",
    v.LOCALITY: "place",
    v.PAGE: "web page",
    v.PART_OF_VOLUME: "part of",
    v.FIRST_PAGE: "first page",
    v.LAST_PAGE: "last page",
    v.RESULT: "value",
    v.RESULT_TIME: "as of",
    v.SUB_ORGANIZATION_OF: "part of",
    v.TEXT_AS_WRITTEN: "written",
}
"""What properties of others are called here."""

PAPERS = ("paper", "software", "data")
AS_LISTS = {v.CITES: "cites", v.LISTS: "lists", v.CITES_OUTSIDE: "cites outside this graph"}


class Teller:
    """Makes pages of the entities of one graph.

    Args:
        places: where everything lies.
        words: what properties are called, by term; others by their name.
    """

    def __init__(self, places: Places, words: Mapping[str, str]) -> None:
        self._places = places
        self._words = words

    def page(self, bundle: Bundle, slug: str) -> Page:
        """Return the page of an entity."""
        kind = BY_SLUG.get(slug, OTHER)
        iri = bundle.iri
        page = Page(
            iri=iri,
            stem=self._places.stem(iri),
            depth=DEPTH,
            slug=slug,
            word=kind.word,
            title=self._title(bundle),
            subtitle=self._subtitle(bundle, slug),
            facts=list(self._facts(bundle)),
            sections=[
                *self._lists(bundle),
                *self._detail_lists(bundle),
                *self._referring(bundle),
                *self._company(bundle),
            ],
            bars=bars([(row.place, row.number) for row in bundle.part(Part.YEARS)]),
            network=star(self._neighbours(bundle)),
            records=[self._record(row) for row in _in_order(bundle.part(Part.RECORDS))],
            more_records=self._more_records(bundle),
        )
        if slug in PAPERS:
            return paper_view(self, page, bundle)
        return replace(page, topics=self.links(bundle, v.SUBJECT))

    def stem(self, iri: str) -> str:
        """Return the path of the files of an entity, without suffix."""
        return self._places.stem(iri)

    def links(self, bundle: Bundle, predicate: str) -> list[Link]:
        """Return the values of a property as links."""
        return [self.link(value) for value in bundle.of(bundle.iri, predicate)]

    def link(self, value: Value, note: str = "") -> Link:
        """Return a value as a link to its page, to the web, or as text."""
        if not is_iri(value.term):
            return Link(plain(value.term), note=note)
        iri = value.term[1:-1]
        if value.slug:
            text = plain(value.label) if value.label else self._short(iri)
            return Link(text, self.href(iri), note, value.slug)
        words = value_words(iri)
        if words:
            return Link(words, note=note)
        if self._places.is_ours(iri):
            return Link(self._short(iri), note=note)
        text = curie(iri)
        if text == iri and on_the_web(iri):
            return Link(iri.partition("://")[2].rstrip("/"), iri, note, "web")
        return Link(text, note=note)

    def href(self, iri: str) -> str:
        """Return the link from a page of an entity to that of another."""
        return href(f"{self._places.stem(iri)}.html", DEPTH)

    def words(self, predicate: str) -> str:
        """Return what a property is called."""
        return (
            WORDS.get(predicate)
            or self._words.get(predicate)
            or property_words(curie(predicate[1:-1]))
        )

    def _title(self, bundle: Bundle) -> str:
        for predicate in classes.NAMES:
            values = bundle.of(bundle.iri, predicate)
            if values:
                return plain(min(value.term for value in values))
        return self._short(bundle.iri)

    def _short(self, iri: str) -> str:
        return self._places.stem(iri).partition("/")[2]

    def _subtitle(self, bundle: Bundle, slug: str) -> str:
        kind = BY_SLUG.get(slug, OTHER)
        found = (curie(text) for text in bundle.texts(bundle.iri, v.TYPE))
        exact = [class_words(name) for name in found if _class_term(name) != kind.term]
        return ", ".join(word for word in exact if word != kind.word)

    def _facts(self, bundle: Bundle) -> Iterator[Fact]:
        title = self._title(bundle)
        for predicate, values in bundle.values.get(f"<{bundle.iri}>", {}).items():
            if predicate in TOLD or predicate in AS_LISTS:
                continue
            if predicate == v.HAS_CODE and bundle.details(v.LINK_PAPER, f"<{bundle.iri}>"):
                continue  # the section on code says more
            links = [self.link(value) for value in values if value.term not in bundle.values]
            if predicate in classes.NAMES:
                links = [link for link in links if link.text != title]
            if links:
                yield Fact(self.words(predicate), about(predicate), links[:SHOWN])
        yield from self._measures(bundle)

    def _measures(self, bundle: Bundle) -> Iterator[Fact]:
        """Yield what was counted in this graph for the entity alone, not for a pair."""
        for said in bundle.values.values():
            of, results = said.get(v.FEATURE_OF_INTEREST, ()), said.get(v.RESULT, ())
            for value in said.get(v.MEASURED_IN, ()) if len(of) == 1 else ():
                way = self._short(value.term[1:-1]).rpartition("/")[2].partition("-")[2]
                words = f"{way.replace('-', ' ')}, counted here"
                yield Fact(words, "", [self.link(result) for result in results])

    def _lists(self, bundle: Bundle) -> Iterator[Section]:
        for predicate, title in AS_LISTS.items():
            values = bundle.of(bundle.iri, predicate)
            if values:
                newest = sorted(values, key=lambda value: value.date or "", reverse=True)
                links = [self.link(value, year(value.date)) for value in newest[:SHOWN]]
                yield Section(title, links, len(values))

    def _detail_lists(self, bundle: Bundle) -> Iterator[Section]:
        """Yield what is stated by nodes that have no place of their own on any page."""
        nodes: dict[str, list[Link]] = {}
        own = f"<{bundle.iri}>"
        for node, said in bundle.values.items():
            kinds = {value.term for value in said.get(v.TYPE, ())}
            kind = next((term for term in ELSEWHERE_UNTOLD if term in kinds), None)
            if kind and node != own:
                nodes.setdefault(kind, []).append(self._detail(said, own))
        for kind, links in nodes.items():
            yield Section(ELSEWHERE_UNTOLD[kind], links, len(links))

    def _detail(self, said: Mapping[str, list[Value]], own: str) -> Link:
        """Return what a detail says in one line; it leads where its first link leads."""
        told, target = [], Link("")
        for predicate, values in said.items():
            if predicate in (v.TYPE, v.DERIVED_FROM):
                continue
            links = [self.link(value) for value in values if value.term != own]
            target = next((link for link in links if link.href and not target.href), target)
            texts = [link.text for link in links if link is not target]
            shown = ", ".join(text.removesuffix("T00:00:00Z") for text in texts)
            if shown:
                told.append(f"{self.words(predicate)} {shown}")
        if target.href:
            return replace(target, note="; ".join(told))
        return Link("; ".join(told))

    def _referring(self, bundle: Bundle) -> Iterator[Section]:
        groups: dict[str, list[Wide]] = {}
        for row in sorted(bundle.part(Part.REFERRING), key=lambda row: (row.p, row.place)):
            groups.setdefault(row.p, []).append(row)
        order = list(REVERSED)
        for predicate in sorted(groups, key=lambda p: (order.index(p) if p in REVERSED else 99, p)):
            rows = groups[predicate]
            title = REVERSED.get(predicate) or f"{self.words(predicate)}: the other way round"
            yield Section(title, [self._far(row) for row in rows], rows[0].number)

    def _far(self, row: Wide) -> Link:
        place = ordinal(int(plain(row.o))) + " author" if row.o else ""
        note = ", ".join(filter(None, (year(row.extra), place)))
        return self.link(Value(row.a, row.label, row.slug, row.extra), note)

    def _company(self, bundle: Bundle) -> Iterator[Section]:
        groups: dict[str, list[Wide]] = {}
        for row in bundle.part(Part.COMPANY):
            groups.setdefault(row.p, []).append(row)
        for predicate, title in (*classes.COMPANY.items(), (v.RELATED_ORGANIZATION, "worked at")):
            rows = groups.get(predicate, [])
            if rows:
                heading = "co-authors" if self._is_person(bundle) and title == "people" else title
                yield Section(heading, list(map(self._met, rows)), len(rows), "counts")

    def _is_person(self, bundle: Bundle) -> bool:
        return v.PERSON[1:-1] in bundle.texts(bundle.iri, v.TYPE)

    def _met(self, row: Wide) -> Link:
        return self.link(Value(row.o, row.label, row.slug, None), str(row.number))

    def _neighbours(self, bundle: Bundle) -> list[tuple[Link, float]]:
        rows = [row for row in bundle.part(Part.COMPANY) if row.p == v.CREATOR][:DRAWN]
        if rows:
            most = max(row.number for row in rows)
            return [(self._met(row), row.number / most) for row in rows]
        own = bundle.values.get(f"<{bundle.iri}>", {})
        near = [value for p in NEAR for value in own.get(p, ())[: DRAWN // 2]]
        return [(self.link(value), 0.3) for value in near if value.slug][:DRAWN]

    def _record(self, row: Wide) -> Record:
        label = plain(row.label) if row.label else self._short(row.a[1:-1])
        entry = row.o[1:-1].rpartition("-")[2] if row.o != row.a else ""
        number = entry[1:].lstrip("0")
        told = [f"record {number}" * number.isdecimal(), f"line {row.place}" * (row.place > 0)]
        source = Link(label, self.href(row.a[1:-1]), kind="source")
        return Record(source, ", ".join(filter(None, told)), plain(row.p) if row.p else "")

    def _more_records(self, bundle: Bundle) -> int:
        rows = bundle.part(Part.RECORDS)
        return rows[0].number - len(rows) if rows else 0


NEAR = (v.CREATOR, v.VENUE, v.SUBJECT, v.HAS_CODE, v.INTRODUCES, v.BROADER, v.IN_FAMILY,
        v.IMPLEMENTED_IN, v.POSSIBLE_OWNER, v.DESCRIBES, v.REALIZATION_OF, v.PUBLISHER)  # fmt: skip
"""By these an entity is drawn among its neighbours."""

ELSEWHERE_UNTOLD = {
    v.METRIC_OBSERVATION: "numbers that sources state",
    v.FUNDING_NODE: "funding",
    v.REVISION: "revisions",
}


def _in_order(rows: list[Wide]) -> list[Wide]:
    """Return records by input and line."""
    return sorted(rows, key=lambda row: (row.a, row.place, row.o))


def about(predicate: str) -> str:
    """Return the link from a page of an entity to the definition of a property."""
    return href("ontology.html", DEPTH) + "#" + anchor(predicate)


def anchor(term: str) -> str:
    """Return where a class or property is defined on the page of the ontology.

    >>> anchor("<https://w3id.org/graphbuild/ontology#doi>"), anchor("<http://purl.org/dc/terms/title>")
    ('doi', 'dcterms-title')
    """
    name = curie(term[1:-1])
    return name.removeprefix("gb:").replace(":", "-") if name != term[1:-1] else ""


def year(date: str | None) -> str:
    """Return the year of a date that is a term."""
    return plain(date)[:4] if date else ""


def _class_term(name: str) -> str:
    """Return the term of a CURIE, or of an IRI that has no prefix."""
    return f"<{name}>" if "://" in name else v.term(name)
