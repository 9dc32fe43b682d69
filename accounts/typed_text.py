"""What people type, made safe to keep: no control characters, no personal identity codes."""

from django import forms
from django.utils.translation import gettext as _

from accounts.identity_codes import contains_identity_code, without_identity_codes

# NUL and its like break databases; the signs that override the direction of writing make a line read backwards; the
# replacement character stands for what a program on the way could not read.
CONTROLS = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFD]
)


def without_controls(text):
    return text.translate(CONTROLS)


class TypedTextForm(forms.BaseForm):
    """A form in whose texts nobody can leave an identity code.

    The code is taken out before the form is read, so that it is neither shown again, stored nor logged. The rest of the
    text stays as it was typed.
    """

    fields_with_codes: frozenset[str] = frozenset()

    def full_clean(self):
        if self.is_bound:
            self._read_texts()
        super().full_clean()
        for name in self.fields_with_codes & set(self.fields):
            self.add_error(
                name,
                _(
                    "We removed a personal identity code from the text. Do not write one anywhere. "
                    "Check the text and send it again."
                ),
            )

    def _read_texts(self):
        typed = self.data.copy()
        with_codes = set()
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            if not isinstance(field, forms.CharField) or not isinstance(typed.get(key), str):
                continue
            text = without_controls(typed[key])
            if contains_identity_code(text):
                with_codes.add(name)
                text = without_identity_codes(text)
            typed[key] = text
        self.data = typed
        self.fields_with_codes = self.fields_with_codes | with_codes
