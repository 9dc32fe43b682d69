"""Numbers that come from outside: addresses, forms, cookies."""

# The largest key that every database holds.
LARGEST_KEY = 2**63 - 1


def whole_number(text: str | None, most: int = LARGEST_KEY) -> int | None:
    """The number that a text from outside stands for, from 0 to `most`; None for everything else.

    Digits of ASCII alone: no sign, no blank, no underscore, no digits of other scripts, and never more of them than
    `most` has, so that nobody makes us read a number of a million digits.
    """
    if not text or len(text) > len(str(most)) or not (text.isascii() and text.isdecimal()):
        return None
    number = int(text)
    return number if number <= most else None
