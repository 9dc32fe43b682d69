"""A link opens what is its own, once or until its end; whatever else is asked gets one and the same answer."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.http import Http404
from django.test.utils import isolate_apps
from django.utils import timezone

from portal.furniture.links import BYTES, HasLink, hash_token, opened, qr_svg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def links():
    with isolate_apps("portal"):

        class Door(HasLink):
            room = models.CharField(max_length=10)

            class Meta:
                app_label = "portal"

    with connection.schema_editor() as editor:
        editor.create_model(Door)
    yield Door
    with connection.schema_editor() as editor:
        editor.delete_model(Door)


def make(model, **fields):
    door = model(**fields)
    token = door.renew_token()
    door.save()
    return door, token


def test_the_secret_opens_and_is_not_kept(links):
    door, token = make(links)
    assert opened(links.objects.working(), token) == door
    assert BYTES * 8 >= 128
    assert token not in str(list(links.objects.values()))


def test_every_other_secret_gets_the_same_answer_after_the_same_question(links, django_assert_num_queries):
    door, token = make(links, room="ours")
    _over, over_token = make(links, room="ours", expires_at=timezone.now())
    back, back_token = make(links, room="ours")
    back.revoke()
    _stranger, strangers_token = make(links, room="theirs")
    old = token
    token = door.renew_token()
    door.save()
    rows = links.objects.working().filter(room="ours")
    for wrong in ("", "x", old, token[:-1], token + "a", over_token, back_token, strangers_token, "\ud800", "ä" * 5000):
        with django_assert_num_queries(1), pytest.raises(Http404) as refused:
            opened(rows, wrong)
        assert str(refused.value) == ""
    assert opened(rows, token) == door


def test_a_link_for_once_opens_for_the_first_alone(links):
    door, token = make(links, expires_at=timezone.now() + timedelta(days=1))
    twin = opened(links.objects.working(), token)
    assert [door.use_up(), twin.use_up()] == [True, False]
    with pytest.raises(Http404):
        opened(links.objects.working(), token)


def test_taking_back_twice_is_once(links):
    door, _token = make(links)
    door.revoke()
    first = links.objects.get().revoked_at
    door.revoke()
    assert links.objects.get().revoked_at == first


def test_the_digest_says_nothing_of_the_secret():
    assert hash_token("a") != hash_token("b")
    assert len(hash_token("a" * 1000)) == 64


def test_the_picture_of_an_address_has_a_name_and_a_size_of_its_own():
    picture = qr_svg("https://example.org/l/abc?x=1&y=2", label="Avaa <hakemus>")
    assert picture.startswith("<svg")
    assert "<title>Avaa &lt;hakemus&gt;</title>" in picture
    assert "viewBox" in picture
    assert "style=" not in picture
