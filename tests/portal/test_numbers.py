"""Whatever stands where a number should be is no number, and no error either."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.numbers import LARGEST_KEY, whole_number

LONG = "9" * 5000


@pytest.mark.parametrize(
    "text", [None, "", " 1", "1 ", "+1", "-1", "1_0", "1.0", "1e3", "0x1", "²", "١", "৪", "a", LONG]
)
def test_what_is_no_whole_number_is_none(text):
    assert whole_number(text) is None


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), (str(LARGEST_KEY), LARGEST_KEY)])
def test_digits_are_read(text, number):
    assert whole_number(text) == number


def test_most_is_the_last_one():
    assert whole_number("99", 99) == 99
    assert whole_number("100", 99) is None
    assert whole_number("31", 30) is None
    assert whole_number(str(LARGEST_KEY + 1)) is None


@given(st.text(max_size=40), st.integers(0, 10**12))
def test_the_answer_is_in_range_whatever_the_text(text, most):
    number = whole_number(text, most)
    assert number is None or 0 <= number <= most


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", [LONG, str(LARGEST_KEY + 1), "1.²", "1..2.x"])
def test_a_crafted_cookie_shows_the_saved_postings(client, cookie):
    client.cookies["saved"] = cookie
    assert client.get(reverse("jobs:saved_postings")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "back", ["olematon", "portal:media", ".", "http://[", "//evil.example/", "/\\evil", "a" * 20000, ""]
)
def test_the_theme_leads_back_into_the_site_or_home(client, back):
    answer = client.post("/theme/", {"theme": "dark", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.django_db
def test_the_theme_leads_back_where_the_reader_was(client):
    assert client.post("/theme/", {"theme": "dark", "next": "/sv/jobb/?q=a"})["Location"] == "/sv/jobb/?q=a"
