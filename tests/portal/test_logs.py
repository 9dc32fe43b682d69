"""No line of the log says what somebody looked for, whoever writes it."""

import logging

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.glogging import Logger

from portal.logs import RecordWithoutQuery
from search.engine.client import Engine, EngineFailed

pytestmark = pytest.mark.django_db
WORDS = "salainenhaku"


def said(caplog):
    return " ".join(record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(
    "address",
    [f"/tyopaikat/?q={WORDS}", f"/ei-ole/?q={WORDS}", f"/sv/?q={WORDS}%00", "/?" + f"q={WORDS}&" * 2000],
)
def test_a_search_leaves_no_words_in_the_log(client, caplog, address):
    caplog.set_level(logging.DEBUG)
    client.get(address)
    assert WORDS not in said(caplog)


def test_a_refused_form_and_a_fault_leave_none_either(caplog, monkeypatch):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.post(f"/tili/kirjaudu/?q={WORDS}")
    monkeypatch.setattr("portal.views.render", lambda *args, **kwargs: 1 / 0)
    client.get(f"/outbox/?q={WORDS}")
    assert "CSRF" in said(caplog)
    assert "Internal Server Error" in said(caplog)
    assert WORDS not in said(caplog)


@pytest.mark.parametrize(
    ("logger", "line", "arguments", "written"),
    [
        ("gunicorn.error", "Error handling request %s %s", ("GET", f"/?q={WORDS}"), "Error handling request GET /"),
        ("django.server", '"%s" %s %s', (f"GET /?q={WORDS}&p=2 HTTP/1.1", 200, 5), '"GET / HTTP/1.1" 200 5'),
        ("ours", f"From https://example.org/a/?q={WORDS}, twice", (), "From https://example.org/a/ twice"),
        ("ours", "Is it? %s", ("Perhaps",), "Is it? Perhaps"),
        ("ours", "%s of 5 is %d%%", ("1/2", 10), "1/2 of 5 is 10%"),
    ],
)
def test_every_logger_cuts_addresses_and_nothing_else(caplog, logger, line, arguments, written):
    with caplog.at_level(logging.INFO, logger=logger):
        logging.getLogger(logger).info(line, *arguments)
    assert caplog.messages == [written]


def test_the_server_writes_no_log_of_requests_and_cuts_it_where_somebody_turns_it_on():
    config = Config()
    assert config.accesslog is None
    atoms = Logger.atoms_wrapper_class({"h": "10.0.0.1", "r": f"GET /?q={WORDS} HTTP/1.1", "f": f"http://a/?q={WORDS}"})
    record = RecordWithoutQuery("gunicorn.access", logging.INFO, "", 1, '%(h)s "%(r)s" "%(f)s"', (atoms,), None)
    assert record.getMessage() == '10.0.0.1 "GET / HTTP/1.1" "http://a/"'


@pytest.mark.parametrize("answer", [ValueError(WORDS), {"responses": [{"error": WORDS}]}, {"responses": WORDS}, WORDS])
def test_a_failing_search_engine_is_told_without_the_search(monkeypatch, answer):
    def answered(*args):
        if isinstance(answer, Exception):
            raise answer
        return answer

    engine = Engine("opensearch", "http://127.0.0.1:1")
    monkeypatch.setattr(engine, "_ask", answered)
    with pytest.raises(EngineFailed) as told:
        engine.search("postings", [{}], seconds=5)
    assert WORDS not in str(told.value)
