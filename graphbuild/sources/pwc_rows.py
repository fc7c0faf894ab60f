"""The rows of the dumps of Papers with Code, as far as they are used."""

import msgspec


class Link(msgspec.Struct):
    """A link between a paper and a repository."""

    paper_url: str
    repo_url: str
    paper_title: str | None = None
    paper_arxiv_id: str | None = None
    paper_url_abs: str | None = None
    paper_url_pdf: str | None = None
    is_official: bool | None = None
    mentioned_in_paper: bool | None = None
    mentioned_in_github: bool | None = None
    framework: str | None = None


class UsedMethod(msgspec.Struct):
    """A method that a paper uses."""

    name: str | None = None


class PaperRow(msgspec.Struct):
    """A paper with its abstract."""

    paper_url: str
    title: str | None = None
    abstract: str | None = None
    arxiv_id: str | None = None
    openreview_id: str | None = None
    url_abs: str | None = None
    url_pdf: str | None = None
    conference_url_abs: str | None = None
    conference_url_pdf: str | None = None
    proceeding: str | None = None
    conference: str | None = None
    authors: list[str] | None = None
    tasks: list[str] | None = None
    methods: list[UsedMethod] | None = None
    date: str | None = None


class NamedPaper(msgspec.Struct):
    """A paper as methods and datasets name it."""

    title: str | None = None
    url: str | None = None


class Collection(msgspec.Struct):
    """A kind of methods."""

    collection: str | None = None
    area: str | None = None


class MethodRow(msgspec.Struct):
    """A method."""

    url: str
    name: str
    full_name: str | None = None
    description: str | None = None
    paper: NamedPaper | None = None
    source_title: str | None = None
    source_url: str | None = None
    code_snippet_url: str | None = None
    num_papers: int | None = None
    collections: list[Collection] | None = None


class NamedTask(msgspec.Struct):
    """A task of a dataset."""

    task: str | None = None


class DatasetRow(msgspec.Struct):
    """A dataset."""

    url: str
    name: str
    full_name: str | None = None
    homepage: str | None = None
    description: str | None = None
    paper: NamedPaper | None = None
    introduced_date: str | None = None
    modalities: list[str] | None = None
    tasks: list[NamedTask] | None = None
    languages: list[str] | None = None
    num_papers: int | None = None


class Address(msgspec.Struct):
    """An address with its words."""

    url: str | None = None
    title: str | None = None


class Result(msgspec.Struct):
    """A row of a table: a model of a paper."""

    paper_title: str | None = None
    paper_url: str | None = None
    paper_date: str | None = None
    code_links: list[Address] = []


class Table(msgspec.Struct):
    """The rows of a table."""

    rows: list[Result] = []


class Evaluated(msgspec.Struct):
    """A dataset on which a task is evaluated."""

    sota: Table | None = None
    subdatasets: list["Evaluated"] = []


class Task(msgspec.Struct):
    """A task with its tables."""

    task: str
    datasets: list[Evaluated] = []
    subtasks: list["Task"] = []
