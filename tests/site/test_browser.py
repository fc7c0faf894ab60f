"""The site in a real browser, without a head; skipped where there is no Chromium."""

import shutil
import subprocess
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from lxml import html

from tests.servers import LOOPBACK

pytestmark = pytest.mark.slow
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--enable-logging=stderr",
    "--virtual-time-budget=4000", "--disable-background-networking", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="module")
def browse(tmp_path_factory):
    """Return a function that opens an address, and gives the page and what went wrong."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("there is no Chromium; on Debian: apt-get install chromium")
    home = tmp_path_factory.mktemp("browser")

    def opened(address):
        done = subprocess.run(
            [program, *OPTIONS, f"--user-data-dir={home}", address],
            capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        return html.fromstring(done.stdout), complaints

    return opened


@pytest.fixture(scope="module")
def served(site):
    """Lend the address under which the site is served, in a folder of a server."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(site.parent))

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer((LOOPBACK, 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{LOOPBACK}:{server.server_port}/{site.name}"
        server.shutdown()


def found(page):
    return [" ".join(each.text_content().split()) for each in page.xpath("//ul[@id='found']/li")]


def test_search_works_from_a_disk(browse, site):
    page, complaints = browse(f"{site.as_uri()}/search.html?q={quote('wheels gea')}")
    assert complaints == []
    assert found(page) == ["GEARS: Gears & Wheels paper, 2021"]
    assert page.xpath("//ul[@id='found']//a/@href") == ["id/paper/p1.html"]


def test_search_works_from_a_server_and_shows_names_as_text(browse, served):
    page, complaints = browse(f"{served}/search.html?q=BÓLD")
    assert complaints == []
    assert found(page) == ["Cleo <b>Bold</b> person, 1 paper"]
    assert page.xpath("//ul[@id='found']//b") == []


@pytest.mark.parametrize("name", ["index.html", "id/person/ada.html", "ontology.html"])
def test_pages_open_without_a_complaint(browse, served, name):
    page, complaints = browse(f"{served}/{name}")
    assert complaints == []
    assert page.findtext(".//h1").strip()
