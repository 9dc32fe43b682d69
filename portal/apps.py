from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from datetime import timedelta

        from willow.plugins.pillow import PillowImage

        from portal import outbox, retention, signals, timed_work
        from portal.retention import rules

        # Willow would write a camera's notes, the place of a photograph too, into every size that pages show.
        PillowImage.get_exif_data = lambda picture: None
        rules.register_rules()
        signals.remember_erasures()
        timed_work.register("send-mail", outbox.deliver_due, every=timedelta(0))
        timed_work.register("purge-expired-data", lambda: sum(retention.purge().values()))
