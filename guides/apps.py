from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("guides")

    def ready(self):
        from search.site.pages import add_page_group

        types = ["guides.guidepage", "guides.trainingpackagepage"]
        add_page_group("guides", _("Guides and training"), types=types, position=20)
