"""What an organisation tells of itself, when it registers and later."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.names import refuse_addresses
from organisations.actions.organisation import SEEN, registered_with
from organisations.enums import OrganisationKind, OrganisationStatus
from organisations.forms.logo import NOT_STORED, KeptLogoField, LogoField, as_text
from organisations.forms.numbers import NumbersForm
from organisations.models import Organisation
from portal.forms import ChoiceCards, ChoiceCardsMultiple, PostalCodeField
from portal.furniture.edits import Version, VersionForm

SECTIONS = (
    (
        _("The organisation"),
        ("kind", "name", "business_id", "association_register_no", "activity_fields", "municipality"),
    ),
    (
        _("Contact"),
        ("contact_name", "contact_email", "contact_phone", "street_address", "postal_code", "post_office", "website"),
    ),
    (_("What you are like"), ("description", "easy_description")),
)


class ActivityFieldsField(forms.ModelMultipleChoiceField):
    """A number larger than the database can hold is no choice either."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:
            message = self.error_messages["invalid_pk_value"]
            raise ValidationError(message, code="invalid_pk_value", params={"pk": "…"}) from error


class OrganisationForm(NumbersForm, forms.ModelForm):
    """The details that an administrator fills in. A logo that was read stays with the form until all is right."""

    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", validators=[URLValidator(schemes=["http", "https"])]
    )
    logo_file = LogoField(label=_("Logo"), required=False, help_text=_("JPG, PNG, WebP or GIF, 8 MB at most."))
    kept_logo = KeptLogoField(required=False)

    class Meta:
        model = Organisation
        fields = [name for _title, names in SECTIONS for name in names]
        labels = {
            "kind": _("What kind of organisation are you?"),
            "name": _("Name"),
            "business_id": _("Business ID (Y-tunnus)"),
            "association_register_no": _("Association register number"),
            "activity_fields": _("What do you do?"),
            "municipality": _("Home municipality"),
            "contact_name": _("Contact person"),
            "contact_email": _("E-mail"),
            "contact_phone": _("Phone"),
            "street_address": _("Street address"),
            "postal_code": _("Postal code"),
            "post_office": _("Post office"),
            "description": _("Tell briefly about your organisation"),
            "easy_description": _("The same in easy Finnish"),
        }
        help_texts = {
            "business_id": _("For example 1234567-1. One of these two numbers is enough."),
            "association_register_no": _("For example 123.456. You find it in the register of associations."),
            "activity_fields": _("Choose one or more."),
            "contact_name": _("The contact's name, e-mail and phone are shown on your public page."),
            "description": _("What do you do, and what is it like to work with you? 1,200 characters at most."),
            "easy_description": _("Short sentences, common words. 600 characters at most."),
        }
        field_classes = {"activity_fields": ActivityFieldsField, "postal_code": PostalCodeField}
        widgets = {
            "kind": ChoiceCards,
            "activity_fields": ChoiceCardsMultiple,
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "street_address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
            "description": forms.Textarea(attrs={"rows": 6}),
            "easy_description": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            "name": {"required": _("Write the organisation's name.")},
            "municipality": {"required": _("Choose the municipality.")},
            "contact_name": {"required": _("Write the name of the contact person.")},
            "contact_email": {
                "required": _("Write the e-mail address."),
                "invalid": _("The e-mail address is not complete. Example: name@example.fi"),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken_number, self.taken_by = {}, None
        for name, longest in (("business_id", 20), ("association_register_no", 20)):
            # Blanks and prefixes are taken off before the number is measured.
            self.fields[name] = forms.CharField(
                label=self.fields[name].label, help_text=self.fields[name].help_text, required=False, max_length=longest
            )
        self.fields["municipality"].empty_label = _("Choose")
        for name in ("name", "contact_name"):
            self.fields[name].validators.append(refuse_addresses)
        self.fields["activity_fields"].required = True
        self.fields["activity_fields"].error_messages["required"] = _("Choose at least one.")
        self.fields["contact_phone"].validators.append(
            RegexValidator(r"^\+?[0-9 \-()]{5,30}\Z", _("Write the phone number in digits. Example: 013 123 456"))
        )

    # Reading

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not re.search(r"\w", name):
            raise ValidationError(_("Write the organisation's name."))
        return name

    def clean(self):
        cleaned = super().clean()
        if not {"business_id", "association_register_no"} & set(self.errors):
            self._check_identifiers(cleaned)
        cleaned["logo"] = cleaned.get("logo_file") or cleaned.get("kept_logo")
        return cleaned

    def _check_identifiers(self, cleaned):
        numbers = cleaned.get("business_id", ""), cleaned.get("association_register_no", "")
        if not any(numbers) and cleaned.get("kind") != OrganisationKind.OTHER:
            self.add_error("business_id", _("Write the business ID or the association register number."))
        other = registered_with(*numbers)
        if other and other.pk != self.instance.pk:
            self.refuse_as_registered(other)

    def refuse_as_registered(self, other):
        """The number belongs to an organisation that is here already; the page offers a way to ask for access."""
        self.taken_by = other
        is_by_business_id = other.business_id and other.business_id == self.cleaned_data.get("business_id")
        name = "business_id" if is_by_business_id else "association_register_no"
        if other.status == OrganisationStatus.CLOSED:
            self.add_error(name, _("The organisation with this number was closed in the service. Ask our help line."))
        else:
            self.taken_number = {name: self.cleaned_data.get(name, "")}
            self.add_error(name, _("There is already an organisation with this number in the service."))

    def refuse_logo(self):
        """There is no room for it. It does not ride along: nobody could leave it out then."""
        self.cleaned_data["logo"] = None
        self.add_error("logo_file", NOT_STORED)

    def validate_constraints(self):
        """Ours come with kinder words from _check_identifiers; the database has the last word."""

    # Showing

    @property
    def sections(self):
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in SECTIONS]

    @property
    def kept_logo_text(self):
        """The logo that was read although something else was wrong, for the hidden field; else empty."""
        logo = getattr(self, "cleaned_data", {}).get("logo") if self.is_bound else None
        return as_text(logo) if logo else ""

    @property
    def kept_logo_url(self):
        logo = getattr(self, "cleaned_data", {}).get("logo") if self.is_bound else None
        if not logo:
            return ""
        return f"data:image/{'png' if logo.name.endswith('png') else 'jpeg'};base64,{as_text(logo)}"


class DetailsForm(VersionForm, OrganisationForm):
    """The same later on."""

    removes_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = Version(self.instance, SEEN).fingerprint
        if not self.instance.logo_id:
            del self.fields["removes_logo"]
