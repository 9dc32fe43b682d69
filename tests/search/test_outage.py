"""The engine goes away while people work, and comes back: from the first save without it to the index made whole."""

import os
import socket
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from jobs.discovery.index import KIND
from portal.schedule import timed_work
from search.engine import waiting
from search.engine.client import EngineFailed
from search.engine.configured import configured_engine
from search.engine.replication import lag, replicate_all
from search.engine.waiting import breaker
from search.models import SearchIndex
from search.searching import search
from tests.jobs.factories import JobPostingFactory
from tests.search.test_real_engine import CompatibleNode

ADDRESS = os.environ.get("SEARCH_URL", "")
NOTE = "Haku toimii juuri nyt rajoitetusti"
FOLLOWING = "search: follow with the engine"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.network,
    pytest.mark.skipif(not ADDRESS, reason="SEARCH_URL names no engine"),
]


class Line:
    """A line to the engine that can be cut and mended."""

    def __init__(self, host, port):
        self._target, self._sockets = (host, port), []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._listen()

    def _listen(self):
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self._target)
            except OSError:
                return
            self._sockets += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source, target):
        try:
            while some := source.recv(65_536):
                target.sendall(some)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def cut(self):
        """Nobody listens any more, and who was being answered is not."""
        for open_socket in (self._listener, *self._sockets):
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
            open_socket.close()
        self._sockets.clear()

    def mend(self):
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listen()


@pytest.fixture(params=["elasticsearch", "opensearch"])
def line(request, settings, monkeypatch):
    where = urlsplit(ADDRESS.split("+", 1)[1])
    made = Line(where.hostname, where.port)
    engine = {"BACKEND": "search.backends.elasticsearch", "CLIENT": request.param, "INDEX_PREFIX": f"line-{made.port}"}
    if request.param == "elasticsearch":
        engine["NODE_CLASS"] = CompatibleNode
    settings.WAGTAILSEARCH_BACKENDS = {"default": {**engine, "URL": f"http://127.0.0.1:{made.port}"}}
    monkeypatch.setattr(waiting, "SECONDS_OF_REST", 0.2)
    breaker.succeeded()
    yield made
    for kind in SearchIndex.objects.values_list("kind", flat=True):
        configured_engine().drop(kind)
    made.cut()
    breaker.succeeded()


def page(client):
    begun = time.monotonic()
    answer = client.get("/tyopaikat/?q=siivooja")
    assert answer.status_code == 200
    assert time.monotonic() - begun < 2.5
    return answer.text


def do_timed_work():
    """The result of the work that follows with the engine, and its error."""
    return next((result, error) for name, result, error in timed_work.run_due() if name == FOLLOWING)


def test_engine_that_comes_back_is_made_whole_by_the_timed_work(client, line):
    JobPostingFactory(title="Siivooja kerhotalolle")
    replicate_all()
    text = page(client)
    assert "kerhotalolle" in text
    assert NOTE not in text

    line.cut()
    begun = time.monotonic()
    made = [JobPostingFactory(title=f"Siivooja, {place}") for place in ("uimahalli", "kirjasto")]
    assert time.monotonic() - begun < 2
    text = page(client)
    assert NOTE in text
    assert all(place in text for place in ("kerhotalolle", "uimahalli", "kirjasto"))
    result, error = do_timed_work()
    assert result is None
    assert isinstance(error, EngineFailed)
    assert lag() >= len(made)

    line.mend()
    result, error = do_timed_work()  # the failure left it due
    assert error is None
    assert result >= len(made)
    assert lag() == 0
    until = time.monotonic() + 5
    while True:  # the engine shows what it has within a second
        time.sleep(0.3)
        results = search(KIND, "siivooja")
        if len(results.pks) == 3 or time.monotonic() > until:
            break
    assert not results.degraded
    assert {*(posting.pk for posting in made)} < set(results.pks)
    text = page(client)
    assert NOTE not in text
    assert all(place in text for place in ("kerhotalolle", "uimahalli", "kirjasto"))


def test_engine_that_comes_back_empty_is_filled_again(client, line):
    JobPostingFactory(title="Siivooja kerhotalolle")
    replicate_all()
    configured_engine().drop(KIND)
    assert NOTE in page(client)
    assert replicate_all() == 1
    assert NOTE not in page(client)
