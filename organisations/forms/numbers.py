"""The two numbers by which an organisation is known, read as people write them and kept in one form."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import associationid, ytunnus

from accounts.typed_text import TypedTextForm


class NumbersForm(TypedTextForm):
    """Business ID as 0280113-5, association register number as 123.456."""

    def clean_business_id(self):
        typed = self.cleaned_data["business_id"].strip()
        if not typed:
            return ""
        number = re.sub(r"[–—‑−]", "-", typed)
        if re.fullmatch(r"\d{6}-\d", number):
            number = f"0{number}"
        try:
            return ytunnus.format(ytunnus.validate(number))
        except InvalidChecksum:
            raise ValidationError(
                _("The last digit does not fit the others. Check the business ID digit by digit.")
            ) from None
        except NumberError:
            raise ValidationError(
                _("A business ID has seven digits, a dash and one more digit. Example: 1234567-1")
            ) from None

    def clean_association_register_no(self):
        typed = self.cleaned_data["association_register_no"].strip()
        if not typed:
            return ""
        try:
            return associationid.format(associationid.validate(associationid.compact(typed).lstrip("0")))
        except NumberError:
            raise ValidationError(
                _("An association register number has at most six digits. Example: 123.456")
            ) from None
