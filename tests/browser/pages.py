"""What every page that a story passes has to stand: axe, its own width, no error in the console, no stranger asked."""

from contextlib import contextmanager
from importlib.resources import files
from typing import ClassVar
from urllib.parse import urlsplit

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async ([scope, tags]) => {
  const folds = [...document.querySelectorAll('details:not([open])')]
  for (const fold of folds) fold.open = true
  const { violations } = await axe.run(scope, { runOnly: { type: 'tag', values: tags } })
  for (const fold of folds) fold.open = false
  const told = (node) => [node.target.join(' '), node.html.slice(0, 200), node.failureSummary].join('\\n      ')
  return violations.map((rule) => [`${rule.id}: ${rule.help}`, ...rule.nodes.map(told)].join('\\n    '))
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map((element) => element.outerHTML.slice(0, 120))
}"""


def assert_no_axe_findings(page, scope="html"):
    """Runs axe with every fold laid open, on the page or on a part of it."""
    page.evaluate(AXE)
    findings = page.evaluate(RUN_AXE, [scope, TAGS])
    assert not findings, f"{page.url}\n" + "\n".join(findings)


def assert_fits(page):
    """Nothing makes the page scroll sideways."""
    too_wide = page.evaluate(TOO_WIDE)
    assert not too_wide, f"{page.url} is wider than {page.viewport_size['width']} px: {too_wide}"


def assert_page_is_right(page):
    """Checks the page as it stands and keeps its source for the markup checker."""
    assert_fits(page)
    with with_script(page) as readable:
        assert_no_axe_findings(readable)
    Watcher.of[page].keep_source()


@contextmanager
def with_script(page):
    """The page itself, or for a window without script a twin that shows the same source: axe cannot work without."""
    if Watcher.of[page].has_script:
        yield page
        return
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    context = page.context.browser.new_context(
        viewport=page.viewport_size, color_scheme="dark" if is_dark else "light", bypass_csp=True
    )
    twin, source = context.new_page(), page.content()
    twin.route(page.url, lambda route: route.fulfill(body=source, content_type="text/html; charset=utf-8"))
    twin.goto(page.url)
    yield twin
    context.close()


class Watcher:
    """Notes what goes wrong behind a page's back."""

    of: ClassVar[dict] = {}

    def __init__(self, page, site, passed_pages, *, has_script=True):
        self.has_script = has_script
        self.host, self.findings = urlsplit(site.url).netloc, []
        self.page, self.passed_pages, self.document = page, passed_pages, None
        Watcher.of[page] = self
        page.on("console", self.read_console)
        page.on("pageerror", lambda error: self.findings.append(f"script error on {page.url}: {error}"))
        page.on("request", self.read_request)
        page.on("response", self.read_response)

    def read_console(self, message):
        # A refused form answers 4xx by design, and Chromium notes each in the console.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.findings.append(f"console: {message.text}")

    def read_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self.host:
            self.findings.append(f"asked a stranger: {request.url}")

    def read_response(self, response):
        if (
            response.request.is_navigation_request()
            and response.frame == self.page.main_frame
            and response.status != 302
        ):
            self.document = response
        is_missing_file = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or is_missing_file:
            self.findings.append(f"{response.status} {response.url}")

    def keep_source(self):
        if self.document and "text/html" in self.document.headers.get("content-type", ""):
            self.passed_pages.keep(self.document.url, self.document.text())
