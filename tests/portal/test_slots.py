"""A page shows what apps above put into its slots, and is whole without any of them."""

import pytest
from django.template import engines

from accounts.registry import Registry
from portal import slots
from portal.slots import Filling


@pytest.fixture
def fillings(monkeypatch):
    monkeypatch.setattr(slots, "FILLINGS", Registry())


@pytest.fixture
def show(rf):
    def render(*args):
        template = engines["django"].from_string("{% load portal_tags %}<{% slot 'a.place' thing %}>")
        return template.render({"request": rf.get("/here/"), "thing": args[0] if args else "thing", "secret": "outer"})

    return render


@pytest.fixture
def fill(monkeypatch):
    """Fills the slot with a template of these words."""
    templates = {}
    monkeypatch.setattr(
        slots, "render_to_string", lambda name, context: engines["django"].from_string(templates[name]).render(context)
    )

    def register(key, words, context=lambda page, thing: {}, **place):
        templates[key] = words
        slots.FILLINGS.register(Filling(key, "a.place", key, context, **place))

    return register


def test_an_empty_slot_is_nothing(fillings, show):
    assert show() == "<>"


def test_fillings_stand_in_their_order(fillings, fill, show):
    fill("last", "last", position=30)
    fill("first", "first", position=10)
    fill("second", "second", position=10)
    assert show() == "<first\nsecond\nlast>"


def test_a_filling_sees_its_own_context_and_the_request_alone(fillings, fill, show):
    fill("own", "{{ word }} {{ request.path }}", lambda page, thing: {"word": thing.upper()})
    assert show("kissa") == "<KISSA /here/>"
    fill("own", "{% if secret %}{{ secret }}{% endif %}-")
    assert show("kissa") == "<->"


def test_none_leaves_a_filling_out(fillings, fill, show):
    fill("silent", "silent", lambda page, thing: None)
    fill("loud", "loud")
    assert show() == "<loud>"


def test_what_a_filling_shows_is_escaped(fillings, fill, show):
    fill("own", "{{ word }}", lambda page, thing: {"word": thing})
    assert show("<b>") == "<&lt;b&gt;>"


def test_the_same_key_again_takes_the_earlier_ones_place(fillings, fill, show):
    fill("own", "old")
    fill("own", "new")
    assert show() == "<new>"
