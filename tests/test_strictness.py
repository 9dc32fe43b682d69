"""The strict checks of this suite see what they are there to see."""

import contextlib
import logging
import socket

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template import Context, Template, engines
from django.template.base import Origin

from tests.plugins import OUR_TEMPLATES
from tests.plugins.network import NetworkBlocked
from tests.plugins.pages import findings_in
from tests.plugins.templates import UndefinedVariable


def render(source, origin):
    return Template(source, Origin(origin), engine=engines["django"].engine).render(Context())


def test_undefined_variable_in_our_template_fails():
    with pytest.raises(UndefinedVariable):
        render("{{ nobody }}", f"{OUR_TEMPLATES}/jobs/list.html")


def test_undefined_variable_in_their_template_is_empty():
    assert render("{{ nobody|default:'-' }}", "elsewhere/list.html") == "-"


@pytest.mark.django_db
def test_commit_hooks_run_when_the_outermost_block_ends():
    seen = []
    with transaction.atomic():
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append("inner"))
        assert not seen
    assert seen == ["inner"]
    transaction.on_commit(lambda: seen.append("at once"))
    assert seen == ["inner", "at once"]


@pytest.mark.django_db
def test_commit_hooks_are_dropped_with_their_block():
    seen = []
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        transaction.on_commit(lambda: seen.append("never"))
        raise ZeroDivisionError
    assert not seen


@pytest.mark.django_db
def test_unordered_rows_come_shuffled():
    users = get_user_model().objects
    assert " ORDER BY RAND" in str(users.all().query)
    assert " ORDER BY RAND" not in str(users.order_by("pk").query)


def test_strangers_are_not_reached():
    with pytest.raises(NetworkBlocked):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(NetworkBlocked):
        socket.getaddrinfo("example.org", 443)


def test_failed_task_is_seen(failed_tasks):
    logging.getLogger("django_tasks").error("Task id=1 state=FAILED")
    assert failed_tasks == ["Task id=1 state=FAILED"]
    failed_tasks.clear()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ("<p onclick='x()'>", "inline handler"),
        ("<p style='color: red'>", "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<a href='javascript:x()'>", "script address"),
        ("<img src='https://example.org/x.png'>", "from elsewhere"),
        ("<link rel='stylesheet' href='//example.org/x.css'>", "from elsewhere"),
        ("<p>{{ name }}</p>", "left-over"),
        ("<p title='{% url %}'>", "left-over"),
        ("<i id='a'></i><b id='a'></b>", "twice"),
    ],
)
def test_page_reader_finds(html, words):
    assert [finding for finding in findings_in(html) if words in finding]


def test_page_reader_passes_what_is_right():
    page = (
        '<html lang="fi"><head><link rel="canonical" href="https://example.org/"><script nonce="abc">x()</script>'
        '<script type="application/ld+json">{"a": {"b": 1}}</script></head>'
        '<body><a href="https://example.org/">{ yes }</a><textarea>{{ kept }}</textarea>'
        '<input value="{{ kept }}"></body></html>'
    )
    assert not findings_in(page)
