"""What arrives broken, too large or too often gets a plain answer; caches get nothing private."""

from io import BytesIO
from urllib.parse import unquote_to_bytes

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.urls import reverse

from portal.middleware import client_address
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def login_address():
    return reverse("account_login")


# Broken input


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "q=%ff%fe", "q=" + "x" * 9000, "&".join(["a=1"] * 10_000)])
def test_broken_query_is_refused(client, query):
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400


@pytest.mark.parametrize(("path", "status"), [("/%00", 400), ("/%ff%fe", 400), ("/a%00b/", 400)])
def test_broken_path_is_refused(client, path, status):
    assert client.get("/", PATH_INFO=path_of(path)).status_code == status


@pytest.mark.parametrize("path", ["/ж/", "/ääkköset/", "/🦆/", "/100%/"])
def test_unusual_path_is_only_not_there(client, path):
    assert client.get(path).status_code == 404


def path_of(path):
    return unquote_to_bytes(path).decode("latin-1")


@pytest.mark.parametrize("name", ["name", "na\0me"])
def test_nul_in_a_form_is_refused(client, name):
    sign_in(client, UserFactory())
    answer = client.post(reverse("account_profile"), {name: "a\0b", "language": "fi"})
    assert answer.status_code in {400, 200}
    if name == "name":
        assert answer.status_code == 400


def test_broken_letters_in_a_form_lose_nothing_else(client):
    """Refusing the whole form would cost somebody every other word."""
    answer = client.generic(
        "POST", login_address(), b"login=aino%ff%fe.example", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert "aino" in answer.text


@pytest.mark.parametrize(
    "kind",
    ["application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=x"],
)
@pytest.mark.parametrize(("path", "status"), [("/tyopaikat/", 400), ("/documents/(x)", 404), ("/admin/", 400)])
def test_a_body_that_cannot_be_read_is_refused_in_words(client, kind, path, status):
    """The page of the refusal once read the body again, and fell over it."""
    client.raise_request_exception = False
    answer = client.generic("POST", path, b"--x\r\n" + b"Content-Disposition: form-data" * 2000, content_type=kind)
    assert answer.status_code == status
    assert 'lang="fi"' in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "images/chooser/chosen/1e9/",
        "documents/chooser/chosen/{{7*7}}/",
        "snippets/choose/organisations/taskfield/chosen/x/",
        "images/chooser/chosen-multiple/?id=x",
        "choose-page/chosen-multiple/?id=x",
        "api/main/pages/find/?id=1e9",
    ],
)
def test_a_number_that_is_none_is_not_there_in_the_admin(client, address):
    sign_in(client, UserFactory(superuser=True))
    assert client.get(f"/admin/{address}").status_code == 404


@pytest.mark.parametrize("text", ["Zoë 🦆", "שלום", "<script>alert(1)</script>", "'; DROP TABLE", "½ £ €"])
def test_unusual_text_is_kept_exactly(client, text):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("account_profile"), {"name": text, "language": "fi"})
    user.refresh_from_db()
    assert user.name == text
    page = client.get(reverse("account_profile")).text
    assert "<script>alert" not in page


def test_sign_that_turns_writing_round_is_taken_out_of_a_name(client):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("account_profile"), {"name": "Aino\u202e Esimerkki", "language": "fi"})
    user.refresh_from_db()
    assert user.name == "Aino Esimerkki"


def test_body_over_the_limit_is_refused_unread(client):
    answer = client.post(login_address(), {"login": "x"}, CONTENT_LENGTH=str(50 * 1024 * 1024))
    assert answer.status_code == 413


def test_text_over_the_limit_is_refused(client):
    assert client.post(login_address(), {"login": "x" * (3 * 1024 * 1024)}).status_code == 413


def test_ten_thousand_fields_are_refused(client):
    answer = client.post(login_address(), {f"f{number}": "1" for number in range(10_000)})
    assert answer.status_code == 400


@pytest.mark.parametrize("length", ["abc", "-5"])
def test_nonsense_length_is_refused(client, length):
    assert client.post(login_address(), {"login": "x"}, CONTENT_LENGTH=length).status_code in {400, 200}


def test_body_that_breaks_off_is_refused(client):
    class Broken(BytesIO):
        def read(self, *args):
            raise OSError("connection lost")

    answer = client.generic("POST", login_address(), b"", content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 400}
    client.raise_request_exception = False
    answer = client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=login_address(),
        CONTENT_TYPE="application/x-www-form-urlencoded",
        CONTENT_LENGTH="10",
        **{"wsgi.input": Broken()},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(("prefix", "language"), [("", "fi"), ("/sv", "sv"), ("/en", "en")])
def test_refusal_speaks_the_persons_language(client, prefix, language):
    answer = client.get(f"{prefix}/?q=%00", HTTP_ACCEPT_LANGUAGE="de, en;q=0.8")
    assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize("host", ["evil.example", "testserver:99999x"])
def test_strange_host_is_refused(client, host):
    assert client.get("/healthz", HTTP_HOST=host).status_code in {200, 400}
    assert client.get(login_address(), HTTP_HOST="evil.example").status_code == 400


# The database is away


def test_outage_in_a_view_says_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr("portal.views.render", raise_outage)
    client.raise_request_exception = False
    answer = client.get("/outbox/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def raise_outage(*args, **kwargs):
    raise OperationalError("server closed the connection")


def test_outage_before_the_view_is_the_same(client, monkeypatch):
    """Sessions are read in middleware: an exception there never reaches another middleware's hooks."""
    sign_in(client, UserFactory())
    monkeypatch.setattr(SessionStore, "load", raise_outage)
    client.raise_request_exception = False
    answer = client.get(reverse("account_profile"))
    assert answer.status_code == 503
    assert 'lang="fi"' in answer.text


def test_outage_is_met_once_in_a_request(client, monkeypatch):
    """Every further question would wait for the database as long as the first."""
    sign_in(client, UserFactory())
    asked = []
    monkeypatch.setattr(SessionStore, "load", lambda session: asked.append(1) or raise_outage())
    client.raise_request_exception = False
    assert client.get(reverse("account_profile")).status_code == 503
    assert len(asked) == 1


def test_outage_page_reads_no_database(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("portal.views.render", raise_outage)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        assert client.get(reverse("clear_device")).status_code == 503


def test_other_faults_are_500(client, monkeypatch):
    monkeypatch.setattr("portal.views.render", lambda *args, **kwargs: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/outbox/")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text


# Policies


def test_public_pages_carry_strict_policies(client):
    answer = client.get(login_address())
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'self'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"):
        assert part in policy
    assert "unsafe-inline" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "frame-ancestors 'none'" in policy


def test_policy_is_relaxed_under_admin_alone(client):
    sign_in(client, UserFactory(superuser=True))
    assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get(reverse("account_profile"))["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/administration/")["Content-Security-Policy"]


def test_refusals_carry_the_policies_too(client):
    assert "default-src 'self'" in client.get("/?q=%00")["Content-Security-Policy"]


def test_what_members_see_is_kept_by_no_cache(client):
    sign_in(client, UserFactory())
    for address in (reverse("account_profile"), login_address(), "/no-such-page/"):
        assert {"private", "no-store"} <= set(client.get(address)["Cache-Control"].split(", ")), address


def test_sign_in_pages_are_kept_by_no_cache(client):
    assert "no-store" in client.get(login_address())["Cache-Control"]


def test_session_cookie_is_closed_to_scripts(client):
    user = UserFactory()
    client.post(login_address(), {"login": user.email})
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


# Limits


def test_client_address_is_read_past_the_proxies_in_front(settings, client, rf):
    seen = []
    middleware = client_address(lambda request: seen.append(request.META["REMOTE_ADDR"]))
    forwarded = "6.6.6.6, 1.2.3.4"
    for proxies in (0, 1, 2, 3):
        settings.TRUSTED_PROXIES = proxies
        middleware(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded))
    assert seen == ["10.0.0.1", "1.2.3.4", "6.6.6.6", "10.0.0.1"]
