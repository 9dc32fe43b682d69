import re
import unicodedata

SHORTEST, LONGEST = 6, 15  # digits with the country; the longest by E.164


def is_phone_number(text):
    """Whether somebody could be called by this: enough digits, and not too many."""
    return SHORTEST <= len(phone_key(text).lstrip("+")) <= LONGEST


def phone_key(phone):
    """One spelling for every way to write the same number, like +358401234567; empty when there are no digits.

    A number without a country is Finnish. Digits of other scripts count as digits.
    """
    written = re.sub(r"\(0\)", "", phone.strip())
    digits = "".join(str(unicodedata.digit(character)) for character in written if character.isdigit())
    if not digits:
        return ""
    if written.startswith(("+", "＋")):
        return "+" + re.sub(r"^3580", "358", digits)
    if digits.startswith("00"):
        return "+" + re.sub(r"^3580", "358", digits[2:])
    if re.match(r"358\d{7,}", digits):
        return "+" + digits
    return "+358" + digits.removeprefix("0")
