"""Ways to break the valid example, and what must be found: one at least for every constraint."""

from typing import NamedTuple


class Case(NamedTuple):
    """A change of the valid example.

    Attributes:
        change: Turtle to add; a line that starts with ``-`` names a subject and a predicate
            whose statements are taken out.
        focus: the node at which something is found, by its local name.
        severity: how severe it is.
        message: how the message starts.
    """

    change: str
    focus: str
    severity: str
    message: str


V, W, N = "Violation", "Warning", "Info"
CASES = [
    # papers
    Case("- :paper frbr:realizationOf", "paper", V, "A paper must be a version of exactly one work"),
    Case(":paper dcterms:title ''", "paper", V, "A paper must have exactly one title"),
    Case(":paper gb:titleAsWritten 'b'", "paper", V, "The title as written must be one"),
    Case(":paper dcterms:abstract 'b'", "paper", V, "A paper can have one abstract only"),
    Case(":paper gb:abstractAsWritten 'b'", "paper", V, "The abstract as written must be one"),
    Case(":paper dcterms:issued 'May 2020'", "paper", V, "A paper can have one date of issue"),
    Case(":paper gb:issuedMonthDay '05-14'", "paper", V, "Month and day without a year"),
    Case(":paper gb:issuedStatus gb:Complete", "paper", V, "The status of a date must be"),
    Case(":paper gb:yearInferenceRule 'b'", "paper", V, "The rule that supplied a year"),
    Case(":paper dcterms:creator 'Ada'", "paper", V, "A creator must be a person"),
    Case("- :paper dcterms:creator", "paper", W, "No author is known"),
    Case(":paper pro:isDocumentContextFor :ada", "paper", V, "An authorship must be a node of its own"),
    Case(":paper dcterms:creator :cy . :cy a foaf:Person", "paper", V, "The creators and the persons"),
    Case("- :paper gb:authorListStatus", "paper", V, "A paper must say whether its list of authors"),
    Case("- :paper gb:authorListStatus\n:paper gb:authorListStatus gb:Truncated", "paper", N, "The source cuts the list"),
    Case(":paper gb:listedAuthorCount 0", "paper", V, "The number of authors shown"),
    Case(":paper gb:authorCount 'two'", "paper", V, "The number of authors must be one"),
    Case("- :paper gb:listedAuthorCount\n:paper gb:listedAuthorCount 3", "paper", V, "More authors are shown than"),
    Case(":paper gb:authorCountAtLeast 1", "paper", V, "The least number of authors must be"),
    Case(":paper gb:authorCountAtLeast 2", "paper", V, "A list that is cut off has more authors"),
    Case(":paper dcterms:subject :ada", "paper", V, "A subject must be a topic"),
    Case(":paper fabio:hasPrimarySubjectTerm :broader", "paper", V, "A paper can have one primary topic"),
    Case("- :paper gb:flaggedBySource\n:paper gb:flaggedBySource false", "paper", V, "The source's code flag"),
    Case(":paper gb:hasCode :ada", "paper", V, "What a paper has as code"),
    Case(":paper gb:hasReleasedCode :ada", "paper", V, "Released code must be"),
    Case(":paper gb:promisesCode :ada", "paper", V, "Promised code must be"),
    Case(":paper gb:promisesCode :repo", "paper", W, "A repository cannot be both promised and released"),
    Case(":paper gb:hasOfficialCode :ada", "paper", V, "Official code must be"),
    Case(":paper gb:hasData :ada", "paper", V, "Data must be in a repository"),
    Case(":paper gb:projectPage <ftp://ada.example>", "paper", V, "A project page must be"),
    Case(":paper gb:affiliationAsWritten :org", "paper", V, "An organisation as written must be text"),
    Case(":paper gb:associatedOrganization 'acme'", "paper", V, "An associated organisation must be"),
    Case(":paper gb:introduces :ada", "paper", V, "What a paper introduces must be"),
    Case("- :paper prov:wasDerivedFrom", "paper", V, "A paper must name the source records"),
    Case("- :second gb:ordinal\n:second gb:ordinal 1", "paper", V, "Only one author can be the first"),
    Case("- :second gb:ordinal\n:second gb:ordinal 1", "paper", V, "Two authors share position 1"),
    Case("- :second gb:ordinal\n:second gb:ordinal 3", "paper", V, "The list of authors is called complete"),
    Case("- :second pro:isHeldBy\n:second pro:isHeldBy :ada", "paper", V, "Two authorships of this paper are held by one"),
    Case("- :paper gb:yearInferenceRule", "paper", V, "An inferred year needs"),
    Case("- :paper gb:issuedStatus\n:paper gb:issuedStatus gb:YearUnknown", "paper", V, "A paper whose year is unknown"),
    Case("- :paper gb:issuedStatus\n- :paper dcterms:issued\n:paper gb:issuedStatus gb:YearUnknown", "paper", N, "The source leaves out the year"),
    Case("- :paper frbr:realizationOf", "work", V, "A work must have at least one version"),
    # authorships
    Case("- :first pro:withRole", "first", V, "An authorship must have exactly one role"),
    Case(":first pro:isHeldBy 'Ada'", "first", V, "An authorship must be held by exactly one"),
    Case("- :first gb:ordinal\n:first gb:ordinal 0", "first", V, "The place in the list of authors must be"),
    Case(":first gb:ordinalAtLeast 1.5", "first", V, "The least place in the list"),
    Case("- :second gb:ordinal\n:second gb:ordinal 2 ; gb:ordinalAtLeast 2", "second", V, "A place that is known"),
    Case("- :first gb:nameAsWritten", "first", V, "An authorship must keep the name"),
    Case(":first gb:authorshipEvidence gb:Code", "first", V, "The evidence of an authorship"),
    Case("- :first prov:wasDerivedFrom", "first", V, "An authorship must name the source"),
    Case("- :paper pro:isDocumentContextFor", "first", V, "An authorship must belong to exactly one paper"),
    # people
    Case("- :ada foaf:name", "ada", V, "A person must have exactly one name"),
    Case(":ada foaf:givenName 'A'", "ada", V, "A person can have one given name"),
    Case(":ada foaf:familyName 'E'", "ada", V, "A person can have one family name"),
    Case(":ada skos:altLabel :bo", "ada", V, "Another spelling of the name"),
    Case("- :ada gb:identityStatus", "ada", V, "A person must say how well the identity"),
    Case(":ada gb:possiblySame 'Bo'", "ada", V, "A person that may be the same"),
    Case(":ada gb:possiblySame :bo", "ada", N, "It is undecided whether this is the same"),
    Case("- :ada prov:wasDerivedFrom", "ada", V, "A person must name the source"),
    # profiles and their numbers
    Case(":profile foaf:name 'Bo'", "profile", V, "A profile must have exactly one name"),
    Case(":profile gb:describes 'Ada'", "profile", V, "A profile must describe persons"),
    Case(":profile gb:lists :ada", "profile", V, "A profile must list papers"),
    Case("- :profile gb:listedPaperCount", "profile", V, "A profile must say how many papers"),
    Case(":profile dcterms:subject :broader", "profile", V, "A profile can have one primary category"),
    Case(":profile gb:possibleConflation 'a' , 'b'", "profile", V, "Why a profile may mix people"),
    Case(":profile gb:possibleConflation 'a'", "profile", W, "The page may mix several people"),
    Case("- :profile prov:wasDerivedFrom", "profile", V, "A profile must name the source"),
    Case("- :h sosa:hasSimpleResult\n:h sosa:hasSimpleResult 4", "profile", W, "An h-index of 4 needs at least 16 citations, but the page states 9"),
    Case("- :papers sosa:hasSimpleResult\n:papers sosa:hasSimpleResult 7", "profile", W, "The page claims 7 papers but shows 1"),
    Case("- :h sosa:hasFeatureOfInterest", "h", V, "A number must be about exactly one profile"),
    Case("- :h sosa:observedProperty", "h", V, "A number must be of exactly one metric"),
    Case("- :h sosa:hasSimpleResult\n:h sosa:hasSimpleResult 'many'", "h", V, "A number must have exactly one value"),
    Case(":h sosa:resultTime 'now'", "h", V, "The time of a number"),
    Case("- :h sosa:resultTime", "h", N, "It is not known when this number was true"),
    Case("- :h gb:textAsWritten", "h", V, "A number must keep the words"),
    Case("- :h prov:wasDerivedFrom", "h", V, "A number must name the source"),
    # code
    Case("- :repo schema:name\n:repo schema:name 'Weave'", "repo", V, "A repository must have exactly one name"),
    *(
        Case(f"- :repo schema:codeRepository\n:repo schema:codeRepository <{url}>", "repo", V, "A repository must have exactly one address")
        for url in (
            "https://github.com/Ada/weave",
            "http://github.com/ada/weave",
            "https://github.com/ada/weave/",
            "https://github.com/ada/weave.git",
            "https://github.com/ada/weave.",
        )
    ),
    Case("- :repo gb:forge", "repo", V, "A repository must name exactly one forge"),
    Case(":repo gb:possibleOwner 'Ada'", "repo", V, "A possible owner must be"),
    Case("- :repo prov:wasDerivedFrom", "repo", V, "A repository must name the source"),
    Case("- :codelink gb:linkPaper", "codelink", V, "A code link must belong to exactly one paper"),
    Case(":codelink gb:linkRepository :ada", "codelink", V, "A code link can point to one repository only"),
    Case(":codelink gb:linkPage 'x'", "codelink", V, "A code link can point to one page only"),
    Case(":codelink gb:candidateRepository 'x'", "codelink", V, "A code link can have one candidate"),
    Case("- :codelink gb:stance", "codelink", V, "A code link must say whether the thing is released"),
    Case(":codelink gb:linkContent gb:Released", "codelink", V, "The content of a link must be"),
    Case("- :codelink gb:isOfficial", "codelink", V, "A code link must say whether the paper calls it"),
    Case(":codelink gb:mentionedInPaper 'yes'", "codelink", V, "A code link must say whether the paper's own text"),
    Case("- :codelink gb:textAsWritten", "codelink", V, "A code link must keep the sentence"),
    Case("- :codelink gb:urlAsWritten", "codelink", V, "A code link must keep the address"),
    Case("- :codelink prov:wasDerivedFrom", "codelink", V, "A code link must name the source"),
    Case("- :codelink gb:linkRepository", "codelink", V, "A code link must point either to a repository or"),
    # topics and metrics
    Case("- :assignment gb:assignmentPaper", "assignment", V, "A topic assignment must belong to exactly"),
    Case(":assignment gb:assignmentTopic :broader", "assignment", V, "A topic assignment can give one topic"),
    Case("- :assignment gb:assignmentTopic", "assignment", N, "The category may stand for several topics"),
    Case(":assignment gb:assignmentCandidate :ada", "assignment", V, "A candidate topic must be"),
    Case("- :assignment gb:textAsWritten", "assignment", V, "A topic assignment must keep the category"),
    Case("- :assignment gb:score\n:assignment gb:score 1.5", "assignment", V, "The confidence of a topic assignment"),
    Case("- :assignment gb:rule", "assignment", V, "A topic assignment must say by which rule"),
    Case("- :assignment prov:wasDerivedFrom", "assignment", V, "A topic assignment must name the source"),
    Case("- :topic skos:prefLabel", "topic", V, "A topic must have a label"),
    Case(":topic skos:notation 'math.CV'", "topic", V, "A topic can have one notation"),
    Case("- :topic skos:inScheme", "topic", V, "A topic must say which taxonomy"),
    Case(":topic skos:broader 'cs'", "topic", V, "A broader topic must be"),
    Case(":topic skos:exactMatch 'x'", "topic", V, "A match must be an IRI"),
    Case(":topic skos:closeMatch 'x'", "topic", V, "A close match must be an IRI"),
    Case(":taxonomy dcterms:title 'Other'@en", "taxonomy", V, "A taxonomy must have a title"),
    Case("- <https://w3id.org/graphbuild/id/metric/h-index> skos:prefLabel", "h-index", V, "A metric must have a label"),
    Case("- <https://w3id.org/graphbuild/id/metric/h-index> skos:inScheme", "h-index", V, "A metric must belong to the scheme"),
    Case("<https://w3id.org/graphbuild/id/metric/citation-count> schema:unitText 'b'", "citation-count", V, "A metric can have one unit"),
    # what papers introduce
    Case(":method skos:prefLabel 'Weaving'", "method", V, "A method or dataset must have exactly one name"),
    Case(":method skos:altLabel :ada", "method", V, "Another name must be text"),
    Case(":method gb:inFamily :other", "method", V, "A version can belong to one family"),
    Case(":method gb:succeeds 'WEAVEv0'", "method", V, "What a version succeeds"),
    Case(":method gb:implementedIn :ada", "method", V, "What holds a method or dataset"),
    Case("- :paper gb:introduces", "dataset", V, "A method or dataset must be introduced"),
    Case("- :method prov:wasDerivedFrom", "method", V, "A method must name the source"),
    Case("- :dataset prov:wasDerivedFrom", "dataset", V, "A dataset must name the source"),
    Case("- :family skos:prefLabel", "family", V, "A family of versions must have exactly one"),
    Case("- :methodv2 gb:inFamily", "family", V, "A family must have at least two versions"),
    Case("- :family prov:wasDerivedFrom", "family", V, "A family of versions must name the source"),
    Case("- :introduction gb:introductionPaper", "introduction", V, "An introduction must belong to"),
    Case(":introduction gb:introductionOf :ada", "introduction", V, "An introduction must be of exactly"),
    Case("- :introduction gb:textAsWritten", "introduction", V, "An introduction must keep the words"),
    Case("- :introduction gb:rule", "introduction", V, "An introduction must name the rule"),
    Case("- :introduction prov:wasDerivedFrom", "introduction", V, "An introduction must name the source"),
    # organisations and sources
    Case("- :org foaf:name", "org", V, "An organisation must have exactly one name"),
    Case("- :org gb:identityStatus", "org", V, "An organisation must say how well"),
    Case("- :org gb:identityStatus\n:org gb:identityStatus gb:NameOnly", "org", N, "The organisation is known by name only"),
    Case("- :org prov:wasDerivedFrom", "org", V, "An organisation must name the source"),
    Case(":entry dcterms:isPartOf :ada", "entry", V, "A record can be part of one input"),
    Case(":page dcterms:identifier 'b'", "page", V, "An input can have one file name"),
    Case(":page dcterms:title 'b'", "page", V, "An input can have one title"),
    Case(":page dcterms:format 'b'", "page", V, "An input can have one format"),
    Case("- :page gb:sha256\n:page gb:sha256 'abc'", "page", V, "The hash of an input"),
    Case(":page gb:capturedOn '2026'", "page", V, "An input can have one date of capture"),
    Case(":entry gb:textAsWritten 'b'", "entry", V, "A record keeps the line"),
    Case("- :entry gb:line\n:entry gb:line 0", "entry", V, "The line of a record"),
    Case("- :entry gb:line", "entry", V, "A source record must be either an input"),
    # nothing else
    *(
        Case(f":{name} gb:doii :x", name, V, "The ontology does not know this property here")
        for name in (
            "assignment", "codelink", "dataset", "entry", "family", "first", "h", "introduction",
            "method", "paper", "profile", "repo",
        )
    ),
    Case("<https://w3id.org/graphbuild/id/metric/paper-count> gb:doii :x", "paper-count", V, "The ontology does not know this property here"),
]  # fmt: skip
