"""The search engine that fails in every way, played by a stub: people always get the database's answer, and soon."""

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jobs.discovery.index import KIND as JOBS
from search.engine import waiting
from search.engine.client import EngineFailed
from search.engine.replication import lag, replicate, replicate_all
from search.engine.waiting import breaker
from search.index.updating import index_objects
from search.models import SearchIndex
from search.searching import search
from tests.jobs.factories import JobPostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.network]
EMPTY = {"hits": {"total": {"value": 0}, "hits": []}, "_shards": {"failed": 0}, "timed_out": False}
# The wait for the engine and the database's answer together.
TIME_BUDGET = 2.5
# Just within what a search waits: each answer is used, and a page that asked for ten of them would never come.
SLOW = 0.8
CLIENTS = ["elasticsearch", "opensearch"]
FAULTS = [
    *("red", "html", "nonsense", "list", "nobytes", "lost"),
    *("partial", "hurried", "half", "one_refused", "countless"),
    *("mute", "cut", "trickling", "dropped"),
]


class Stub(BaseHTTPRequestHandler):
    """Answers by what the test has put into `mode`."""

    mode = "down"
    asked = 0

    def do_POST(self):
        type(self).asked += 1
        lines = self.rfile.read(int(self.headers.get("content-length") or 0)).splitlines()
        self.searches = [json.loads(line) for line in lines[1::2]]
        getattr(self, f"answer_{self.mode}")()

    do_GET = do_PUT = do_POST  # noqa: N815 - http.server's names

    def _send(self, text, status=200, kind="application/json"):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("x-elastic-product", "Elasticsearch")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_red(self):
        self._send(json.dumps({"error": {"type": "no_shard_available_action_exception"}, "status": 503}), 503)

    def answer_html(self):
        self._send("<html>Bad gateway</html>", kind="text/html")

    def answer_nonsense(self):
        self._send(json.dumps({"responses": "none"}))

    def _answer(self, **changes):
        """A right answer to every search, which finds nothing, but for the changes."""
        answers = []
        for body in self.searches:
            counts = {name: {"buckets": [], "doc_count": 0} for name in body.get("aggs", {})}
            answers.append({**EMPTY, "aggregations": counts, **changes})
        return {"responses": answers}

    def answer_partial(self):
        self._send(json.dumps(self._answer(_shards={"failed": 1})))

    def answer_hurried(self):
        self._send(json.dumps(self._answer(timed_out=True)))

    def answer_half(self):
        self._send(json.dumps({"responses": self._answer()["responses"][:-1]}))

    def answer_one_refused(self):
        refused = {"error": {"type": "circuit_breaking_exception"}, "status": 503}
        self._send(json.dumps({"responses": [*self._answer()["responses"][:-1], refused]}))

    def answer_countless(self):
        self._send(json.dumps(self._answer(aggregations={})))

    def answer_lost(self):
        self._send(json.dumps({"error": {"type": "index_not_found_exception"}, "status": 404}), 404)

    def answer_list(self):
        self._send("[]")

    def answer_nobytes(self):
        self._send("")

    def answer_slow(self):
        time.sleep(SLOW)
        self._send(json.dumps(self._answer()))

    def answer_mute(self):
        time.sleep(3)

    def answer_dropped(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def answer_cut(self):
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "5000")
        self.end_headers()
        self.wfile.write(b'{"responses": [')
        self.connection.shutdown(socket.SHUT_RDWR)

    def answer_trickling(self):
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "30")
        self.end_headers()
        for _ in range(12):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.25)

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def stub(mode):
    handler = type("Mode", (Stub,), {"mode": mode, "asked": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def fresh_breaker():
    breaker.succeeded()
    yield
    breaker.succeeded()


@pytest.fixture
def use(settings):
    def configure(client, url):
        settings.WAGTAILSEARCH_BACKENDS = {
            "default": {"BACKEND": "search.backends.elasticsearch", "CLIENT": client, "URL": url}
        }

    return configure


@pytest.fixture
def posting():
    return JobPostingFactory(title="Siivooja kerhotalolle")


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("mode", FAULTS)
def test_database_answers_for_a_failing_engine(postings, use, client, mode):
    with stub(mode) as (url, _):
        use(client, url)
        begun = time.monotonic()
        results = search(postings, "siivooja", facets=("field",))
        assert time.monotonic() - begun < TIME_BUDGET
    assert results.degraded
    assert results.pks[0] == 1


@pytest.mark.parametrize("library", CLIENTS)
@pytest.mark.parametrize("mode", [*FAULTS, "slow"])
@pytest.mark.parametrize("page", ["/tyopaikat/?q=siivooja", "/tyopaikat/?q=xyzzy&ala=kitchen", "/haku/?q=siivooja"])
def test_page_comes_soon_whatever_the_engine_does(client, posting, use, *, library, mode, page):
    with stub(mode) as (url, _):
        use(library, url)
        begun = time.monotonic()
        answer = client.get(page)
        assert time.monotonic() - begun < TIME_BUDGET
    assert answer.status_code == 200
    asks_for_counts = page.startswith("/tyopaikat/")
    if mode != "slow" and (asks_for_counts or mode != "countless") and "siivooja" in page:
        assert "Haku toimii juuri nyt rajoitetusti" in answer.text
        assert "kerhotalolle" in answer.text


@pytest.mark.parametrize("library", CLIENTS)
def test_saving_does_not_wait_for_a_mute_engine(posting, use, library, settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with stub("mute") as (url, _):
        use(library, url)
        begun = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            index_objects(JOBS, [posting.pk])
        assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize("client", CLIENTS)
def test_database_answers_when_nobody_listens(postings, use, client):
    use(client, free_address())
    results = search(postings, "siivooja", facets=("field",))
    assert results.degraded
    assert results.facets["field"]


def test_engine_that_fails_is_left_alone_for_a_while(postings, use):
    with stub("red") as (url, handler):
        use("opensearch", url)
        for _ in range(6):
            search(postings, "siivooja")
        assert handler.asked == waiting.FAILURES_BEFORE_REST


def test_one_request_tries_again_after_the_rest(monkeypatch):
    breaker, now = waiting.CircuitBreaker(), 100.0
    monkeypatch.setattr(waiting.time, "monotonic", lambda: now)
    for _ in range(waiting.FAILURES_BEFORE_REST):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now += waiting.SECONDS_OF_REST + 1
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


def test_engine_that_is_down_keeps_no_index_from_being_written(postings, use):
    use("opensearch", free_address())
    with pytest.raises(EngineFailed):
        replicate(postings)
    assert SearchIndex.objects.get(kind=postings).engine_sequence == 0
    assert lag() == len(search(postings, "", listed_only=False, limit=50).pks)


def test_without_an_engine_nothing_is_copied(postings, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.sqlite"}}
    assert replicate_all() == 0


def test_engine_with_the_words_of_another_analyser_is_not_asked(postings, use):
    SearchIndex.objects.update(engine_analysis="fi:other-1:0")
    with stub("slow") as (url, handler):
        use("opensearch", url)
        results = search(postings, "siivooja")
        assert handler.asked == 0
    assert results.pks[0] == 1
    assert not results.degraded
