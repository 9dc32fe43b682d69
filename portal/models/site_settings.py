from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site


@register_setting(icon="cog", order=900)
class PortalSettings(BaseSiteSetting):
    """What staff decide for the whole site: the funding strip, the project's name and the help line."""

    shows_funding = models.BooleanField(
        _("show the EU funding strip"), default=True, help_text=_("Shown on every public page and in mails.")
    )
    funding_statement_fi = models.CharField(_("statement in Finnish"), max_length=120, blank=True)
    funding_statement_sv = models.CharField(_("statement in Swedish"), max_length=120, blank=True)
    funding_statement_en = models.CharField(_("statement in English"), max_length=120, blank=True)
    project_name = models.CharField(_("project's name"), max_length=160, blank=True)
    project_period = models.CharField(_("project's period"), max_length=40, blank=True)
    help_phone = models.CharField(_("help line"), max_length=30, blank=True)
    help_hours_fi = models.CharField(_("help line's hours in Finnish"), max_length=80, blank=True)
    help_hours_sv = models.CharField(_("help line's hours in Swedish"), max_length=80, blank=True)
    help_hours_en = models.CharField(_("help line's hours in English"), max_length=80, blank=True)
    is_demonstration = models.BooleanField(_("the content is for demonstration"), default=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("shows_funding"),
                FieldPanel("funding_statement_fi"),
                FieldPanel("funding_statement_sv"),
                FieldPanel("funding_statement_en"),
                FieldPanel("project_name"),
                FieldPanel("project_period"),
            ],
            heading=_("Funding"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("help_phone"),
                FieldPanel("help_hours_fi"),
                FieldPanel("help_hours_sv"),
                FieldPanel("help_hours_en"),
            ],
            heading=_("Help line"),
        ),
        FieldPanel("is_demonstration"),
    ]

    class Meta:
        verbose_name = _("portal's settings")
        permissions = [("view_figures", _("Can see the figures of the report"))]

    @classmethod
    def for_site(cls, site: Site) -> "PortalSettings":
        """What staff have not written yet is not made by the first reader, as Wagtail would."""
        return cls.objects.filter(site=site).first() or cls(site=site)

    @property
    def funding_statement(self) -> str:
        """The statement in the reader's language; empty when staff have not written it."""
        return self._in_readers_language("funding_statement")

    @property
    def help_hours(self) -> str:
        return self._in_readers_language("help_hours")

    def _in_readers_language(self, name: str) -> str:
        return getattr(self, f"{name}_{get_language() or 'fi'}", "") or getattr(self, f"{name}_fi")
