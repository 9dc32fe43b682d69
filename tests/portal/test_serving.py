"""Nobody who sends slowly holds up the others, and what is too large is refused in words."""

import http.client
import json
import signal
import socket
import time
from types import SimpleNamespace

import pytest

from portal import serving
from portal.serving import BufferingWorker, Parser
from tests.evidence.half_sent import BEGUN, begun_requests, late_by, seconds_for
from tests.portal.gunicorns import served

pytestmark = pytest.mark.network

MEGABYTE = 2**20

APPLICATION = """
import json
import os
import time


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow/":
        time.sleep(2)
    if environ["PATH_INFO"] == "/large/":
        answer = b"a" * 12_000_000
    else:
        body = environ["wsgi.input"].read()
        told = [os.getpid(), len(body), environ.get("HTTP_X_FORWARDED_FOR"), environ["REMOTE_ADDR"]]
        answer = json.dumps(told).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site itself; none of these answers needs its database."""
    folder = tmp_path_factory.mktemp("site")
    settings = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    options = ("--workers", "2", "--threads", "4")
    with served(folder, "portal.wsgi:application", *options, **settings) as server:
        server.ask("/healthz", within=60)
        yield server


@pytest.mark.parametrize("kind", BEGUN)
def test_half_sent_requests_hold_up_nobody(site, kind):
    with begun_requests(site.port, kind):
        assert late_by(f"{site.url}/healthz", 5) < 2


def upload(site, path, megabytes, in_chunks):
    """Status and text of the answer; the connection is used once more, so it was not cut."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    body = (b"a" * MEGABYTE for _part in range(megabytes)) if in_chunks else b"a" * MEGABYTE * megabytes
    connection.request("POST", path, body, {"Content-Type": "image/jpeg"}, encode_chunked=in_chunks)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.request("GET", "/healthz")
    assert connection.getresponse().read() == b"ok\n"
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("in_chunks", [False, True], ids=["with its length", "in chunks"])
@pytest.mark.parametrize(("prefix", "language"), [("", "fi"), ("/sv", "sv"), ("/en", "en")])
def test_upload_of_more_than_the_site_takes_is_refused_in_words(site, prefix, language, in_chunks):
    for megabytes in (13, 14):
        status, text = upload(site, f"{prefix}/", megabytes, in_chunks)
        assert status == 413
        assert f'lang="{language}"' in text


def test_upload_that_nobody_would_receive_is_refused_by_its_length(site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("length", [9000, 100_000, 1_000_000])
def test_long_address_is_refused_in_words(site, length):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/sv/?q=" + "a" * length)
    answer = connection.getresponse()
    assert answer.status == 400
    assert 'lang="sv"' in answer.read().decode()
    connection.close()


def test_what_is_no_request_is_refused(site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.0 400 ")


# With a few lines in the place of the site


@pytest.fixture
def stand_in(tmp_path):
    with served(tmp_path, APPLICATION, "--workers", "1", "--threads", "2") as server:
        server.ask()
        yield server


def test_body_arrives_whole_and_proxies_are_left_to_the_site(stand_in):
    connection = http.client.HTTPConnection("127.0.0.1", stand_in.port, timeout=30)
    connection.request("POST", "/", b"a" * 3_000_000, {"X-Forwarded-For": "192.0.2.7"})
    assert json.loads(connection.getresponse().read())[1:] == [3_000_000, "192.0.2.7", "127.0.0.1"]
    connection.close()


def test_readers_who_do_not_read_hold_up_nobody(stand_in):
    slow = [socket.create_connection(("127.0.0.1", stand_in.port)) for _reader in range(6)]
    for connection in slow:
        connection.sendall(b"GET /large/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(0.5)
    assert seconds_for(stand_in.url) < 2
    for connection in slow:
        connection.close()


def test_what_has_begun_is_answered_when_the_server_is_told_to_end(stand_in):
    with socket.create_connection(("127.0.0.1", stand_in.port), timeout=10) as connection:
        connection.sendall(b"POST /slow/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhello")
        time.sleep(0.3)
        stand_in.process.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        connection.sendall(b"world")
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert json.loads(answer.read())[1] == 10
        assert answer.getheader("Connection") == "close"


def test_idle_connections_do_not_hold_up_the_end(stand_in):
    connection = http.client.HTTPConnection("127.0.0.1", stand_in.port, timeout=30)
    connection.request("GET", "/")
    connection.getresponse().read()
    started = time.monotonic()
    stand_in.process.send_signal(signal.SIGTERM)
    assert stand_in.process.wait(timeout=30) == 0
    assert time.monotonic() - started < 6
    connection.close()


def test_process_is_renewed_after_its_requests(tmp_path):
    with served(tmp_path, APPLICATION, "--workers", "1", "--max-requests", "3") as server:
        processes = {json.loads(server.ask())[0] for _request in range(8)}
    assert len(processes) >= 2


# In the process


def parser():
    limits = {"max_request_header_size": serving.MOST_HEADER, "max_request_body_size": 2**30}
    return Parser(SimpleNamespace(url_scheme="http", inbuf_overflow=MEGABYTE, **limits))


def test_header_that_drips_in_is_read_as_one_that_comes_at_once():
    sent = b"GET /?q=" + b"a" * 300 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for step in (1, 2, 3, 7, len(sent)):
        request, parts = parser(), [sent[start : start + step] for start in range(0, len(sent), step)]
        assert [request.received(part) for part in parts] == [len(part) for part in parts]
        assert request.completed
        assert request.headers == {"HOST": "localhost"}


def test_what_follows_a_header_is_not_taken_with_it():
    request = parser()
    assert request.received(b"GET / HTTP/1.1\r\nHost: a\r\n") == 25
    assert request.received(b"\r\nGET /second") == 2
    assert request.completed


def test_long_header_costs_what_a_short_one_costs():
    request, started = parser(), time.process_time()
    for _byte in range(100):
        request.received(b"a" * 10_000)
    for _byte in range(20_000):
        request.received(b"a")
    assert time.process_time() - started < 1


@pytest.mark.parametrize("sent", [b"1;" + b"a" * 100_000, b"0\r\n" + b"a" * 100_000], ids=["size", "trailer"])
def test_nothing_but_chunks_of_a_body_is_kept(sent):
    request = parser()
    request.received(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    request.received(sent)
    assert request.error


class Gone:
    """A worker without a process: channels and nothing else."""

    send_away = BufferingWorker.send_away

    def __init__(self, *requests):
        self.kept = [SimpleNamespace(request=request, will_close=False) for request in requests]

    def channels(self):
        return self.kept

    def gone(self):
        self.send_away()
        return [channel.will_close for channel in self.kept]


def begun(seconds_ago, received=0):
    request = parser()
    request.began_at -= seconds_ago
    request.body_bytes_received = received
    return request


def test_who_takes_too_long_is_sent_away():
    slow_line = begun(90, received=90 * 6000)
    assert Gone(begun(10), begun(31), slow_line, None).gone() == [False, True, False, False]


def test_the_oldest_give_way_when_all_hold_too_much(monkeypatch):
    monkeypatch.setattr(serving, "MOST_WAITING", 25)
    assert Gone(begun(1, 10), begun(3, 10), begun(2, 10)).gone() == [False, True, False]
