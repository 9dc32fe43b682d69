from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from organisations.actions.capability import FIELDS as CAPABILITY_FIELDS
from organisations.actions.organisation import SEEN as DETAILS_SEEN
from organisations.enums import OrganisationKind
from organisations.forms.details import ActivityFieldsField
from organisations.forms.numbers import NumbersForm
from portal.furniture.edits import Version, VersionForm, require_unchanged


class LogoChooser(AdminImageChooser):
    """Wagtail's chooser, which breaks when the page is shown again with a hidden value that is no number."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


# All that stands on staff's page of an organisation.
SEEN = [*DETAILS_SEEN, *CAPABILITY_FIELDS]


class OrganisationAdminForm(VersionForm, NumbersForm, WagtailAdminModelForm):
    """What staff correct in the details of an organisation, under the same rules as its own people."""

    class Meta(WagtailAdminModelForm.Meta):
        field_classes = {"activity_fields": ActivityFieldsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = Version(self.instance, SEEN).fingerprint

    def require_unchanged(self, stored):
        """Raises ChangedMeanwhile, unless `stored`, the locked row, is what the page showed."""
        theirs = Version(stored, SEEN)
        mine = Version(self.instance, SEEN, {"activity_fields": self.cleaned_data["activity_fields"]})
        require_unchanged(self.cleaned_data["seen"], theirs.fingerprint, lambda: mine.differences(theirs))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("represents") and cleaned.get("kind") != OrganisationKind.MUNICIPALITY:
            self.add_error("represents", _("Only an organisation whose kind is municipality speaks for one."))
        return cleaned
