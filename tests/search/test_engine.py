"""The search engine that fails in every way, played by a stub: people always get the database's answer, and soon."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from search.models import SearchIndex
from search.retrieval import engine
from search.retrieval.searching import search

pytestmark = [pytest.mark.django_db, pytest.mark.network]
EMPTY = {"hits": {"total": {"value": 0}, "hits": []}, "_shards": {"failed": 0}, "timed_out": False}
# The wait for the engine and the database's answer together.
PATIENCE = 2.5


class Stub(BaseHTTPRequestHandler):
    """Answers by what the test has put into `mode`."""

    mode = "down"
    asked = 0

    def do_POST(self):
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("content-length") or 0))
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

    def answer_partial(self):
        broken = {**EMPTY, "_shards": {"failed": 1}}
        self._send(json.dumps({"responses": [broken, broken]}))

    def answer_mute(self):
        time.sleep(3)

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
    engine.breaker.succeeded()
    yield
    engine.breaker.succeeded()


@pytest.fixture
def use(settings):
    def configure(client, url):
        settings.WAGTAILSEARCH_BACKENDS = {
            "default": {"BACKEND": "search.backends.elasticsearch", "CLIENT": client, "URL": url}
        }

    return configure


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize("client", ["elasticsearch", "opensearch"])
@pytest.mark.parametrize("mode", ["red", "html", "nonsense", "partial", "mute", "cut", "trickling"])
def test_database_answers_for_a_failing_engine(postings, use, client, mode):
    with stub(mode) as (url, _):
        use(client, url)
        begun = time.monotonic()
        found = search(postings, "siivooja")
        assert time.monotonic() - begun < PATIENCE
    assert found.degraded
    assert found.pks[0] == 1


@pytest.mark.parametrize("client", ["elasticsearch", "opensearch"])
def test_database_answers_when_nobody_listens(postings, use, client):
    use(client, free_address())
    found = search(postings, "siivooja", facets=("field",))
    assert found.degraded
    assert found.facets["field"]


def test_engine_that_fails_is_left_alone_for_a_while(postings, use):
    with stub("red") as (url, handler):
        use("opensearch", url)
        for _ in range(6):
            search(postings, "siivooja")
        assert handler.asked == engine.FAILURES_BEFORE_REST


def test_one_request_tries_again_after_the_rest(monkeypatch):
    breaker, now = engine.CircuitBreaker(), 100.0
    monkeypatch.setattr(engine.time, "monotonic", lambda: now)
    for _ in range(engine.FAILURES_BEFORE_REST):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now += engine.SECONDS_OF_REST + 1
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


def test_engine_that_is_down_keeps_no_index_from_being_written(postings, use):
    use("opensearch", free_address())
    with pytest.raises(engine.EngineFailed):
        engine.catch_up(postings)
    assert SearchIndex.objects.get(kind=postings).engine_sequence == 0
    assert engine.lag() == len(search(postings, "", listed_only=False, limit=50).pks)


def test_without_an_engine_nothing_is_copied(postings, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.sqlite"}}
    assert engine.catch_up_all() == 0
