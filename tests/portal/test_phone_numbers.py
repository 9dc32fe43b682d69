"""One number has one key however it is written, and nobody is refused for a number that a library does not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.phone_numbers import is_phone_number, phone_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("013 000 0001", "+358130000001"),
        ("+358 040 1234567", "+358401234567"),
        ("0046 70 123 45 67", "+46701234567"),
        ("＋358 40 1234567", "+358401234567"),
        ("040 1234567, iltaisin", "+358401234567"),
        # Of no plan of numbers: the digits stay.
        ("116", "+358116"),
        ("+999 730 18", "+99973018"),
        ("", ""),
        ("²", "+3582"),
    ],
)
def test_one_number_has_one_key(written, key):
    assert phone_key(written) == key


@pytest.mark.parametrize("text", ["040 1234567", "0100100", "116117", "+99973018", "09 12", "99082197", "020 12345678"])
def test_what_could_be_called_is_accepted(text):
    assert is_phone_number(text)


@pytest.mark.parametrize("text", ["", "-", "ei ole", "0", "1", "+12345", "+1234567890123456", "0" * 30])
def test_what_is_too_short_or_too_long_is_not(text):
    assert not is_phone_number(text)


@given(st.text(max_size=30))
def test_any_text_has_a_key_of_digits_or_none(text):
    key = phone_key(text)
    assert key == "" or (key[0] == "+" and (key[1:].isdecimal() or key == "+"))
