"""Real pages in a real browser: `site` is a seeded server, `open_page` a window of any size, light or dark."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.markup import PassedPages
from tests.browser.pages import Watcher
from tests.browser.screens import Screens
from tests.browser.servers import Site

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {320: 640, 390: 844, 768: 1024, 1280: 800}
OUTPUT = Path(__file__).parent / "output"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server for one file of stories; nothing that they do is seen by another file."""
    running = Site(tmp_path_factory.mktemp("site")).start()
    yield running
    running.stop()
    assert not running.errors()


@pytest.fixture(scope="module")
def passed_pages(tmp_path_factory):
    """The pages that a file's stories passed; their markup is checked together at its end."""
    pages = PassedPages(tmp_path_factory.mktemp("markup"))
    yield pages
    errors = pages.errors()
    assert not errors, "\n".join(errors)


@pytest.fixture(scope="session")
def screens():
    """`screens.keep(page, "jobseeker", "Apply, step 2")` puts a page on a contact sheet: `make screens`."""
    kept = Screens()
    yield kept
    kept.write()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, site, passed_pages, request):
    """Opens a window: `open_page("/", width=320, dark=True, javascript=False, language="sv-FI")`."""
    contexts, watchers = [], []

    def open_window(path=None, *, width=1280, dark=False, javascript=True, language="fi-FI", **options):
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": WIDTHS.get(width, 800)},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=language,
            timezone_id="Europe/Helsinki",
            reduced_motion="reduce",
            has_touch=width < 700,
            **options,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        contexts.append(context)
        watchers.append(Watcher(page, site, passed_pages, has_script=javascript))
        if path is not None:
            page.goto(path)
        return page

    yield open_window
    if getattr(request.node, "failed", False):
        keep_pictures(request.node.name, contexts)
    for context in contexts:
        context.close()
    findings = [finding for watcher in watchers for finding in watcher.findings]
    assert not findings, "\n".join(findings)


def keep_pictures(name, contexts):
    """What the windows showed when a story failed."""
    OUTPUT.mkdir(exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, 1):
        page.screenshot(path=OUTPUT / f"{name.replace('/', '-')}-{number}.png", full_page=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.failed = report.failed
    return report
