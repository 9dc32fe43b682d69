"""Names of people and organisations, which the site mails to others: none of them is an address or a link."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINK = re.compile(
    r"""
    \S@\S                                     # an e-mail address, whole or not
    | ://  | \bhttps?:  | \bwww\b
    | \w\.(?!(?:lut|luth|dem|ort)\b)[^\W\d_]{2}  # huijaus.fi, but not ev.lut. and sos.dem.
    """,
    re.IGNORECASE | re.VERBOSE,
)


def refuse_addresses(name: str) -> None:
    """A validator: raises ValidationError where a name holds an e-mail address or what would become a link.

    Staff, who know whom they write about, name an organisation as they like.
    """
    if LINK.search(unicodedata.normalize("NFKC", name)):
        raise ValidationError(
            _("A name cannot hold an e-mail address or a web address. Write a space after each full stop."),
            code="address",
        )
