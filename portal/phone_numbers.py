import re
import unicodedata

import phonenumbers

HOME = "FI"  # where a number without a country is called
SHORTEST, LONGEST = 6, 15  # digits with the country; the longest by E.164


def is_phone_number(text: str) -> bool:
    """Whether somebody could be called by this: enough digits, and not too many.

    More is not asked: plans of numbers change, and a number that is refused is an applicant whom nobody calls.
    """
    return SHORTEST <= len(phone_key(text).lstrip("+")) <= LONGEST


def phone_key(phone: str) -> str:
    """One spelling for every way to write the same number, like +358401234567; empty when there are no digits.

    A number without a country is Finnish. Digits of other scripts count as digits.
    """
    written = re.sub(r"\(0\)", "", phone.strip())
    digits = "".join(str(unicodedata.digit(character)) for character in written if character.isdigit())
    if not digits:
        return ""
    if written.startswith(("+", "＋")):
        digits = "+" + digits
    elif digits.startswith("00"):
        digits = "+" + digits[2:]
    try:
        number = phonenumbers.parse(digits, HOME)
    except phonenumbers.NumberParseException:
        return _as_typed(digits)
    key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    is_known = phonenumbers.is_possible_number(number) and len(key) > SHORTEST
    return key if is_known else _as_typed(digits)


def _as_typed(digits: str) -> str:
    """The key of a number that no plan of numbers knows: its digits."""
    return digits if digits.startswith("+") else f"+358{digits.removeprefix('0')}"
