from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from organisations.enums import OrganisationKind
from organisations.forms.details import ActivityFieldsField
from organisations.forms.numbers import NumbersForm


class LogoChooser(AdminImageChooser):
    """Wagtail's chooser, which breaks when the page is shown again with a hidden value that is no number."""

    def get_instance(self, value):
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


class OrganisationAdminForm(NumbersForm, WagtailAdminModelForm):
    """What staff correct in the details of an organisation, under the same rules as its own people."""

    class Meta(WagtailAdminModelForm.Meta):
        field_classes = {"activity_fields": ActivityFieldsField}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("represents") and cleaned.get("kind") != OrganisationKind.MUNICIPALITY:
            self.add_error("represents", _("Only an organisation whose kind is municipality speaks for one."))
        return cleaned
