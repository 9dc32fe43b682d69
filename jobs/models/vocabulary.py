from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# The stitched signs that the drawings have: see the sprite of signs.
SIGNS = ["kitchen", "garden", "market", "house", "people", "office", "culture", "craft", "transport", "digital"]


class TaskField(models.Model):
    """A field of work in words a jobseeker uses, with its stitched sign and the ISCO groups it covers."""

    code = models.SlugField(_("code"), unique=True)
    sign = models.CharField(_("sign"), max_length=20, choices=[(sign, sign) for sign in SIGNS])
    name_fi = models.CharField(_("name in Finnish"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    isco_codes = models.CharField(_("ISCO groups"), max_length=120, blank=True, help_text=_("Four digits each."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("task field")
        verbose_name_plural = _("task fields")
        ordering = ["position", "code"]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return getattr(self, f"name_{get_language() or 'fi'}", None) or self.name_fi
