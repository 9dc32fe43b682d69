"""So many tries within so much time, and no longer; of many at once no more get through than the limit says."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal.furniture.addresses import network_of
from portal.furniture.limits import Limit, allow, allow_each, forget, give_back, is_spent
from portal.middleware import client_address
from portal.models import AttemptCounter

THREE = Limit("three", tries=3, within=timedelta(hours=1))
ONE = Limit("one", tries=1, within=timedelta(minutes=5))


@pytest.mark.django_db
def test_so_many_tries_and_no_more():
    assert [allow(THREE, "a") for _try in range(5)] == [True, True, True, False, False]
    assert is_spent(THREE, "a")
    assert allow(THREE, "b")
    assert not is_spent(THREE, "b")
    assert not is_spent(ONE, "a")


@pytest.mark.django_db
def test_the_time_begins_with_the_first_try_and_ends_though_somebody_goes_on():
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        allow(THREE, "a")
    for minute in (20, 40, 59):
        with time_machine.travel(begin + timedelta(minutes=minute), tick=False):
            allow(THREE, "a")
    with time_machine.travel(begin + timedelta(minutes=59), tick=False):
        assert is_spent(THREE, "a")
    with time_machine.travel(begin + timedelta(minutes=60), tick=False):
        assert not is_spent(THREE, "a")
        assert [allow(THREE, "a") for _try in range(4)] == [True, True, True, False]
    with time_machine.travel(begin + timedelta(minutes=119), tick=False):
        assert not allow(THREE, "a")


@pytest.mark.django_db
def test_what_one_limit_refuses_counts_for_none():
    assert allow_each([(THREE, "a"), (ONE, "b")])
    assert not allow_each([(THREE, "a"), (ONE, "b")])
    assert [allow(THREE, "a") for _try in range(3)] == [True, True, False]


@pytest.mark.django_db
def test_who_has_no_name_is_not_counted():
    assert [allow(ONE, name) for name in ("", "", " ")] == [True] * 3
    assert not is_spent(ONE, "")
    assert [allow_each([(ONE, ""), (THREE, "a")]) for _try in range(4)] == [True] * 3 + [False]


@pytest.mark.django_db
def test_a_right_try_is_given_back_and_all_can_be_forgotten():
    for _try in range(5):
        assert allow(ONE, "a")
        give_back(ONE, "a")
    give_back(ONE, "a")
    assert allow(ONE, "a")
    assert not allow(ONE, "a")
    forget(ONE, "a")
    assert allow(ONE, "a")


@pytest.mark.django_db
def test_a_counter_names_nobody_and_people_are_told_apart_by_neither_case_nor_blanks():
    allow(ONE, " Aino@Example.org ")
    assert not allow(ONE, "aino@example.org")
    # A database that compares without regard to case takes these letters for an i and an s.
    assert not allow(ONE, "aıno@example.org")
    allow(ONE, "sisu@example.org")
    assert not allow(ONE, "ſisu@example.org")
    assert not [key for key in AttemptCounter.objects.values_list("key", flat=True) if "aino" in key]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_get_through():
    start, passed = threading.Barrier(8), []

    def go():
        start.wait()
        passed.append(allow_each([(THREE, "a"), (Limit("many", 100, timedelta(hours=1)), "b")]))
        connection.close()

    threads = [threading.Thread(target=go) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 5 + [True] * 3
    assert AttemptCounter.objects.order_by("tries").last().tries == 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_an_address_counts_as_its_network(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("site", "address", "network"),
    [
        (("https://example.org", 0), "10.1.2.3", ""),
        (("https://example.org", 0), "127.0.0.1", ""),
        (("https://example.org", 0), "::1", ""),
        (("https://example.org", 0), "::ffff:10.1.2.3", ""),
        (("https://example.org", 0), "fd00::5", ""),
        (("https://example.org", 0), "", ""),
        (("https://8.8.4.4", 0), "10.1.2.3", ""),
        # People of the internet count, and so do those of a private site and of one that knows its proxies.
        (("https://example.org", 0), "8.8.8.8", "8.8.8.0/24"),
        (("https://example.org", 1), "10.1.2.3", "10.1.2.0/24"),
        (("https://10.1.2.1", 0), "10.1.2.3", "10.1.2.0/24"),
        (("https://localhost", 0), "127.0.0.1", "127.0.0.0/24"),
    ],
)
def test_an_address_beside_a_public_site_is_a_proxys_and_no_persons(rf, settings, site, address, network):
    settings.IS_TLS = True
    settings.PUBLIC_URL, settings.TRUSTED_PROXIES = site
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_nobody_writes_himself_an_address_that_counts_for_nothing(rf, settings):
    settings.PUBLIC_URL, settings.IS_TLS, settings.TRUSTED_PROXIES = "https://example.org", True, 0
    forged = {"HTTP_X_FORWARDED_FOR": "10.1.2.3", "HTTP_X_REAL_IP": "10.1.2.3", "HTTP_FORWARDED": "for=10.1.2.3"}
    seen = []
    client_address(lambda request: seen.append(network_of(request)))(rf.get("/", REMOTE_ADDR="8.8.8.8", **forged))
    assert seen == ["8.8.8.0/24"]
