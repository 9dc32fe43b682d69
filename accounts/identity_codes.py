"""Finds Finnish personal identity codes in text, so that forms can refuse them. The code itself goes nowhere."""

import re

from stdnum.fi import hetu

# Day, month, year, sign of the century, individual number, check character (DVV's form since 2023).
PATTERN = re.compile(
    r"(?<![0-9A-Za-z])((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d)\s?[-+ABCDEFYXWVU‐-―−]\s?(\d{3})([0-9A-Y])(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def is_code(match):
    """Whether the check character fits, so that an order number of the same form passes.

    Not the library's whole check: a code with the wrong sign of the century, or a day that never was, still tells whose
    it is.
    """
    birth, number, check = match.groups()
    return hetu._calc_checksum(birth + number) == check.upper()


def contains_identity_code(text):
    """Whether a text holds something that is a personal identity code by its form and check character."""
    return any(is_code(match) for match in PATTERN.finditer(text or ""))


def without_identity_codes(text):
    """The text with every code taken out: what may be shown again."""
    return PATTERN.sub(lambda match: "" if is_code(match) else match[0], text or "")
