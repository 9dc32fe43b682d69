from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.vocabulary import Vocabulary

# The stitched signs that the drawings have: see the sprite of signs.
SIGNS = ["kitchen", "garden", "market", "house", "people", "office", "culture", "craft", "transport", "digital"]


class ActivityField(Vocabulary):
    """What an organisation is about: sports, culture, a village."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("field of activity")
        verbose_name_plural = _("fields of activity")


class TaskField(Vocabulary):
    """A field of work in words a jobseeker uses, with its stitched sign and the ISCO groups it covers."""

    sign = models.CharField(_("sign"), max_length=20, choices=[(sign, sign) for sign in SIGNS])
    isco_codes = models.CharField(_("ISCO groups"), max_length=120, blank=True, help_text=_("Four digits each."))

    class Meta(Vocabulary.Meta):
        verbose_name = _("task field")
        verbose_name_plural = _("task fields")
