"""Bad input gets one line that says what is wrong, and nothing is lost or half written."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graphbuild.store.folder import open_graph, writing
from tests.sources.pages import TOP, entry

PAGE = TOP + entry("CVMar 13, 2023", "On Threads", "Ada Example, Bo Sample", None)
MALFORMED = PAGE + "\nLGMar 13, 2023\nNo authors here\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


def run(*arguments, **kwargs) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "graphbuild", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=120, **kwargs,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess, status: int, words: str) -> None:
    """Assert one line of error on stderr, the exit status, and no traceback.

    Before it may stand what a slow machine was at.
    """
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    _, error, told = done.stderr.strip().rpartition("Error: ")
    assert error
    assert "\n" not in told
    assert done.stdout == ""


@pytest.fixture
def page(tmp_path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def built(tmp_path, page) -> Path:
    assert run("build", page, "-o", tmp_path / "g").returncode == 0
    return tmp_path / "g"


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 5, "page.txt: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 5, "page.txt: not a text file"),
        (PAGE.encode("utf-16-le"), 5, "UTF-16 needs a byte order mark"),
        (b"\xff\xfe" + PAGE.encode("utf-16-le") + b"x", 5, "not valid utf-16"),
        (b"Dear Ada,\n\nhow are you?\n", 5, "not a format that graphbuild reads"),
        (MALFORMED.encode(), 1, "page.txt:15: the entry has a title but no authors: is the page cut off?"),
        (PAGE.replace("Threads", "Thr\udcffads").encode("utf-8", "surrogateescape"), 1, "page.txt:10: it holds bytes that are not UTF-8"),
    ],
    ids=["empty", "binary", "utf-16", "broken utf-16", "letter", "truncated", "bad byte"],
)  # fmt: skip
def test_input_that_cannot_be_read_is_refused(tmp_path, page, content, status, words):
    page.write_bytes(content)
    refused(run("build", page, "-o", tmp_path / "g"), status, words)
    assert not (tmp_path / "g" / "build.json").exists()


def test_rejected_records_are_kept_aside_and_counted(tmp_path, page):
    page.write_text(MALFORMED, encoding="utf-8")
    done = run("build", page, "-o", tmp_path / "g", "--on-error", "skip")
    assert done.returncode == 0
    graph = open_graph(tmp_path / "g")
    assert f"Rejected   1 record, kept in {graph.rejected}" in done.stdout
    row = json.loads(graph.rejected.read_text(encoding="utf-8"))
    assert (row["line"], row["text"]) == (15, "LGMar 13, 2023\nNo authors here")


@pytest.mark.slow
def test_line_of_200_megabytes_costs_its_record_only(tmp_path, page):
    with page.open("a", encoding="utf-8") as file:
        file.write("\nLGMar 14, 2023\nA Long One\n\nAda Example\n\n")
        for _ in range(200):
            file.write("x" * 1_000_000)
        file.write("\n" + entry("LGMar 15, 2023", "After It"))
    refused(
        run("build", page, "-o", tmp_path / "g"), 1, "a line is longer than 1,000,000 characters"
    )
    done = run("build", page, "-o", tmp_path / "g", "--on-error", "skip")
    assert "2 papers" in done.stdout
    assert open_graph(tmp_path / "g").build.rejected == 1


def test_hostile_title_is_shown_and_not_obeyed(tmp_path, page):
    hostile = 'Say "no" \\ <script>alert(1)</script> \x1b]0;owned\x07 \u202e'
    page.write_text(TOP + entry(title=hostile), encoding="utf-8")
    graph = tmp_path / "g"
    assert run("build", page, "-o", graph).returncode == 0
    titles = "SELECT ?t WHERE { ?p a gb:Paper ; dcterms:title ?t } ORDER BY ?t"
    table = run("query", titles, "-g", graph, "--format", "table")
    shown = run("show", "Ada Example", "-g", graph)
    checked = run("check", graph, "--all")
    for output in (table.stdout, shown.stdout, checked.stdout):
        assert "\x1b" not in output
        assert "\u202e" not in output
    assert run("network", "coauthors", graph, "--to", tmp_path / "n.html").returncode == 0
    assert run("export", graph, "--to", tmp_path / "g.rdf").returncode == 0
    html = run("query", titles, "-g", graph, "--format", "html").stdout
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["build", "nowhere.txt", "-o", "g"], 5, "nowhere.txt: no such file or folder"),
        (["check", "nowhere"], 5, "nowhere: no such graph"),
        (["info", "nowhere"], 5, "nowhere: no such graph"),
        (["export", "nowhere", "--to", "x.ttl"], 5, "nowhere: no such graph"),
        (["query", "ASK {}", "-g", "nowhere"], 5, "nowhere: no such graph"),
        (["show", "Ada", "-g", "nowhere"], 5, "nowhere: no such graph"),
    ],
)
def test_path_that_does_not_exist_is_named(tmp_path, arguments, status, words):
    refused(run(*arguments, cwd=tmp_path), status, words)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_written_is_named(tmp_path, page):
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused(
        run("build", page, "-o", tmp_path / "file" / "g"), 5, "cannot be written (Not a directory)"
    )


def test_full_disk_leaves_the_old_graph_whole(tmp_path, page):
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        assert run("build", page, "-o", disk / "g").returncode == 0
        old = open_graph(disk / "g")
        with (disk / "filler").open("wb") as filler:
            filler.write(b"x" * (os.statvfs(disk).f_bavail * 4096 - 100_000))
        refused(run("build", page, "-o", disk / "g", "--force"), 5, "cannot be written")
        assert open_graph(disk / "g") == old
        assert run("query", "ASK { ?p a gb:Paper }", "-g", disk / "g").stdout.strip() == "true"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_graph_that_another_process_writes_is_refused(built, page):
    released = threading.Event()
    with writing(built):
        refused(
            run("build", page, "-o", built, "--force"),
            5,
            f"being written by process {os.getpid()} on ",
        )
        released.set()
    assert run("build", page, "-o", built, "--force").returncode == 0


def test_shapes_file_that_is_no_shacl_is_refused(built, tmp_path):
    (tmp_path / "s.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    refused(run("check", built, "--shapes", tmp_path / "s.ttl"), 5, "s.ttl: holds no SHACL shape")


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("DROP ALL", 3, "update"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 3, "update"),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }", 3, "SERVICE"),
        ("SELECT (" + "STR(" * 2000 + "1" + ")" * 2000 + " AS ?x) {}", 3, ""),
    ],
    ids=["drop", "insert", "service", "nested"],
)
def test_query_that_must_not_run_is_refused(built, text, status, words):
    done = run("query", text, "-g", built)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_endless_query_is_stopped(built):
    done = run("query", ENDLESS, "-g", built, "--timeout", "1")
    assert done.returncode == 124
    assert "1" in done.stderr


def test_interrupted_query_ends_with_130(built):
    process = subprocess.Popen(
        [sys.executable, "-m", "graphbuild", "query", ENDLESS, "-g", str(built)],
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    process.send_signal(2)
    process.communicate(timeout=30)
    assert process.returncode == 130


def test_syntax_error_points_at_line_and_column(built):
    done = run("query", "SELECT ?s WHERE {\n  ?s ?p }", "-g", built)
    assert done.returncode == 3
    assert "2:9" in done.stderr
    assert "^" in done.stderr


def test_closed_pipe_is_no_error(built):
    line = f"{sys.executable} -m graphbuild query 'SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }}' -g {built} | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.stdout.strip() == "s,p,o"
    assert done.stderr == ""
