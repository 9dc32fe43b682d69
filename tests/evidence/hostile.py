"""People who send whatever they like: no request is a fault of ours, and none shows another's mark."""

import json
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode

from tests.evidence.running import PostgreSQL, running
from tests.permissions.matrix import ROLES, all_rows, named_patterns

TITLE = "Hostile requests"
ABOUT = """Ten thousand requests, in an order that one number decides: every address of the site in every language, with
values, bodies, headers and cookies that are none, sent as a stranger and in the sessions of every role, with a form's
token. The database holds the marks of `manage.py seed --canary`: none may stand in an answer to somebody who may not
see it. 501 is the server's answer to a way of sending that it does not know, and no fault."""
UNKNOWN_WAY_OF_SENDING = 501  # RFC 9112, 6.1
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
VALUES = (
    "", "0", "-1", "9" * 30, "9" * 5000, "1.5", "1e9", "nan", "None", "٣", "²", "\0", "a\0b", "\r\nX-Evil: 1",
    "\ufffd",
    "\u202e", "😀" * 40, "x" * 9000, "'", '"', "1 OR 1=1", "'; DROP TABLE accounts_user; --",
    "<script>alert(1)</script>", "{{7*7}}", "{% debug %}", "${7*7}",
    "../../etc/passwd", "..%2f..%2f", "//evil.example", "http://[::1", "/\t/[x",
    "=HYPERLINK(1)", "131052-308T", "[]", "{}", "null", "true", "%", "%zz", "%ff%fe", "a&b=c", "a;b",
    "a" * 300 + "@x.fi",
)  # fmt: skip
NAMES = (
    "q", "kunta", "ala", "sade", "page", "p", "jarjestys", "teema", "tyo", "tila", "organisation", "code", "next",
    "login",
    "email", "password", "name", "phone", "message", "theme", "first", "last", "export", "ordering", "form_key", "text",
    "digits", "id", "reference", "status", "revision", "seen", "tasks", "file", "logo", "csrfmiddlewaretoken",
)  # fmt: skip
KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/json",
    "text/plain", "", "application/x-www-form-urlencoded; charset=utf-16",
)  # fmt: skip
HEADERS = (
    ("Accept-Language", "xx-" * 400), ("Accept-Language", "\xff"), ("X-Forwarded-For", "1.2.3.4, [::1], x" * 30),
    ("X-Forwarded-Proto", "gopher"),
    ("Host", "evil.example"), ("Host", "localhost:99999"), ("Origin", "null"), ("Referer", "http://[x"),
    ("If-None-Match", '"x", W/' * 50), ("If-Modified-Since", "yesterday"), ("Range", "bytes=9-1,-,5-"),
    ("HX-Request", "true"), ("HX-Target", "\u202e".encode().decode("latin-1")), ("User-Agent", "'" * 2000),
    ("Transfer-Encoding", "gzip"), ("Content-Encoding", "br"),
)  # fmt: skip
COOKIES = (
    "",
    "saved=1.2.x.99999999999999",
    "theme=" + "x" * 500,
    "session=../../x",
    "messages=[[[",
    "csrf=" + "a" * 500,
)
TOKEN = "hostile" + "a" * 25  # a form's token and cookie that belong together: anybody can get these
ARGUMENT = re.compile(r"\(\?P<\w+>(?:\[[^\]]*\]|[^)])*\)|<(?:\w+:)?\w+>")


def patterns():
    """Every address of the site in every language, with its arguments still open."""
    from django.utils import translation

    for language in ("fi", "sv", "en"):
        with translation.override(language):
            yield from (text for _name, text, _view in named_patterns())


def requests(number, seed=20261124):
    """So many (method, address, headers, body), the same for the same seed."""
    chance = random.Random(seed)
    addresses = sorted(set(patterns()))
    for _request in range(number):
        yield _request_to(chance.choice(addresses), chance)


def _request_to(pattern, chance):
    def value():
        return chance.choice(VALUES)

    def argument(_match):
        return str(chance.randrange(1, 60)) if chance.random() < 0.6 else quote(value()[:200], safe="") or "1"

    path = "/" + re.sub(r"[\^$\\?]", "", ARGUMENT.sub(argument, pattern))
    query = urlencode([(chance.choice(NAMES), value()) for _pair in range(chance.randrange(4))])
    headers = dict(chance.sample(HEADERS, chance.randrange(3)))
    method = chance.choice(METHODS)
    body = None
    if method in {"POST", "PUT", "PATCH"}:
        headers["Content-Type"] = chance.choice(KINDS)
        fields = [(chance.choice(NAMES), value()) for _pair in range(chance.randrange(8))]
        form = urlencode([*fields, ("csrfmiddlewaretoken", TOKEN)]).encode()
        body = chance.choice([form, form, form, chance.randbytes(200), b"--x\r\nContent-Disposition: form-data", b"{"])
    return method, path + ("?" + query if query else ""), headers, body


@dataclass
class Outcome:
    """`statuses` counts the answers; "no answer" is a connection that was closed without any."""

    statuses: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    leaks: list = field(default_factory=list)


def send(port, number, canary, seed=20261124):
    """Sends so many, each as somebody of the canary's roles. `canary` is what `seed --canary` wrote."""
    outcome, chance = Outcome(), random.Random(seed)
    values = {name: mark["value"].encode() for name, mark in canary["marks"].items()}
    for method, address, headers, body in requests(number, seed):
        role = chance.choice(sorted(canary["roles"]))
        person = canary["roles"][role]
        cookies = [
            f"csrf={TOKEN}",
            f"session={person['session']}" if person.get("session") else "",
            chance.choice(COOKIES),
        ]
        headers = {"Origin": f"http://localhost:{port}", "Cookie": "; ".join(filter(None, cookies)), **headers}
        status, answer = _answer_of(port, method, address, headers, body)
        outcome.statuses[status] += 1
        if isinstance(status, int) and status >= 500 and status != UNKNOWN_WAY_OF_SENDING:
            outcome.faults.append(
                (status, method, address[:200], role, headers.get("Content-Type"), (body or b"")[:20])
            )
        outcome.leaks += [
            (name, address[:200], role)
            for name, value in values.items()
            if value in answer and name not in person["sees"]
        ]
    return outcome


def _answer_of(port, method, address, headers, body):
    connection = HTTPConnection("localhost", port, timeout=20)
    try:
        connection.putrequest(method, address, skip_host="Host" in headers)
        for name, text in headers.items():
            connection.putheader(name, text.encode("latin-1", "replace"))
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (HTTPException, OSError, ValueError):
        return "no answer", b""
    finally:
        connection.close()


def measure(folder):
    with running(folder, PostgreSQL(), READING_LIMIT="0") as site:
        site.manage("seed", "--canary", folder / "canary.json")
        outcome = send(site.port, 10_000, json.loads((folder / "canary.json").read_text()))
        figures = {f"answers {status}": number for status, number in sorted(outcome.statuses.items(), key=str)}
        told = {"faults": len(outcome.faults), "marks seen by others": len(outcome.leaks)}
        walls = {"cells of the permission matrix": len(all_rows()) * len(ROLES) * len(("reading", "writing"))}
        return {"requests": sum(outcome.statuses.values()), **figures, **told, **walls}


def faults(figures):
    for name in ("faults", "marks seen by others"):
        if figures[name]:
            yield f"{name}: {figures[name]}"
