import re
import unicodedata


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
