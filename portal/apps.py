from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from datetime import timedelta

        from willow.plugins.pillow import PillowImage

        from portal import installation, outbox, retention, signals, timed_work
        from portal.retention import rules
        from portal.site import demonstration, groups, people, project, set_up

        # Willow would write a camera's notes, the place of a photograph too, into every size that pages show.
        PillowImage.get_exif_data = lambda picture: None
        rules.register_rules()
        signals.remember_erasures()
        timed_work.register("send-mail", outbox.deliver_due, every=timedelta(0))
        timed_work.register("purge-expired-data", lambda: sum(retention.purge().values()))

        set_up.register(set_up.SetUp("groups", groups.set_up_groups, 20))
        set_up.register(set_up.SetUp("pages", installation.set_up, 30))
        groups.register(
            groups.GroupRights("portal", editors=("wagtailadmin.access_admin", "portal.change_portalsettings"))
        )
        demonstration.register(demonstration.Demonstration("people", people.write, 20))
        demonstration.register(demonstration.Demonstration("project", project.write, 90))
