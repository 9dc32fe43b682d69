from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("guides")

    def ready(self):
        from guides import installation, slots
        from guides.demonstration import writing
        from portal.site import demonstration, set_up
        from portal.slots import fill
        from search.site.pages import register_page_group

        types = ["guides.guidepage", "guides.trainingpackagepage"]
        register_page_group("guides", _("Guides and training"), types=types, position=20)

        set_up.register(set_up.SetUp("guides", installation.set_up, 50))
        demonstration.register(demonstration.Demonstration("guides", writing.write, 80))
        fill(slots.FILLINGS)
