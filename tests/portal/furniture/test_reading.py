"""One visitor reads no more than so many pages a minute; nobody is held for somebody else's pages."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from portal.furniture import reading
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
VISITOR = "192.0.2.7"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def three_pages_a_minute(settings, monkeypatch):
    settings.READING_LIMIT = 3
    monkeypatch.setattr(reading, "pages", reading.Pages())
    with time_machine.travel(NOON, tick=False):
        yield


def statuses(client, times, address="/robots.txt", **more):
    return [client.get(address, **{"REMOTE_ADDR": VISITOR} | more).status_code for _time in range(times)]


def test_so_many_pages_a_minute_and_no_more(client):
    assert statuses(client, 5) == [200, 200, 200, 429, 429]
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert statuses(client, 1) == [200]


def test_the_page_says_in_words_when_to_come_back_and_asks_no_database(client, django_assert_num_queries):
    statuses(client, 3)
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False), django_assert_num_queries(0):
        answer = client.get("/sv/", REMOTE_ADDR=VISITOR)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "40"
    assert 'lang="sv"' in answer.text
    assert "en minut" in answer.text


def test_a_machine_is_told_in_its_own_way(client):
    statuses(client, 3)
    answer = client.get("/api/v1/municipalities", REMOTE_ADDR=VISITOR, headers={"accept-language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert answer["Retry-After"] == "60"
    assert answer.json()["detail"].startswith("Too many requests")


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("192.0.2.7", "198.51.100.7", False),
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
    ],
)
def test_a_network_is_one_visitor(client, first, second, is_same):
    statuses(client, 3, REMOTE_ADDR=first)
    assert statuses(client, 1, REMOTE_ADDR=second) == [429 if is_same else 200]


def test_search_engines_read_ten_times_as_many(client):
    assert statuses(client, 31, HTTP_USER_AGENT=GOOGLEBOT) == [200] * 30 + [429]


def test_who_has_signed_in_is_neither_counted_nor_refused(client):
    sign_in(client, UserFactory())
    assert statuses(client, 9) == [200] * 9
    client.logout()
    assert statuses(client, 3) == [200] * 3


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/media/images/none.png"])
def test_probes_and_pictures_are_not_pages(client, address):
    for _time in range(9):
        assert client.get(address, REMOTE_ADDR=VISITOR).status_code in {200, 404}
    assert statuses(client, 3) == [200] * 3


def test_files_of_the_site_are_served_before_anything_is_counted(settings):
    order = settings.MIDDLEWARE
    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < order.index("portal.middleware.limit_reading")


def test_what_is_sent_is_never_refused(client):
    statuses(client, 4)
    assert client.post(reverse("portal:theme"), {"theme": "dark"}, REMOTE_ADDR=VISITOR).status_code == 302


def test_reading_writes_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        statuses(client, 5)


def test_the_counts_of_a_minute_go_with_it():
    pages = reading.Pages()
    for number in range(1000):
        pages.count(f"10.0.{number}.0/24")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        pages.count("192.0.2.0/24")
    assert len(pages.counts) == 1


def test_without_a_limit_nobody_is_refused(client, settings):
    settings.READING_LIMIT = 0
    assert statuses(client, 9) == [200] * 9


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "172.17.0.1", "::1", "fd00::1", ""])
def test_a_proxy_that_nobody_told_us_of_is_not_held_for_everybody(client, settings, address):
    settings.PUBLIC_URL, settings.IS_TLS, settings.TRUSTED_PROXIES = "https://jarjestotyo.example", True, 0
    assert statuses(client, 9, REMOTE_ADDR=address) == [200] * 9


def test_behind_a_known_proxy_each_visitor_is_counted(client, settings):
    settings.PUBLIC_URL, settings.IS_TLS, settings.TRUSTED_PROXIES = "https://jarjestotyo.example", True, 1
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": VISITOR}
    assert statuses(client, 4, **told) == [200, 200, 200, 429]
    assert statuses(client, 1, **told | {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}) == [200]
