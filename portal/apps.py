from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("portal")

    def ready(self):
        from wagtail.images import models, shortcuts
        from willow.plugins.pillow import PillowImage

        from portal import checks, logs  # noqa: F401 — checks register themselves once they are imported
        from portal.backends.files import NotStored
        from portal.furniture.cells import keep_exports_plain
        from portal.furniture.dated_rows import keep_apart
        from portal.mail import delivery
        from portal.privacy import retention, rules, signals
        from portal.schedule import timed_work
        from portal.schedule.timed_work import Work
        from portal.site import demonstration, groups, people, project, set_up, tree
        from portal.sitemaps import PageSitemap, Section
        from portal.sitemaps import register as register_sitemap

        # Willow would write a camera's notes, the place of a photograph too, into every size that pages show.
        PillowImage.get_exif_data = lambda picture: None
        logs.cut_queries()
        # A size of a picture that finds no room on the disk is as one whose original is missing: the page is shown.
        shortcuts.SourceImageIOError = (models.SourceImageIOError, NotStored)
        rules.register_rules()
        keep_exports_plain()
        post_migrate.connect(keep_apart, dispatch_uid="portal.keep_apart")
        signals.remember_erasures()
        timed_work.register(Work("send-mail", delivery.deliver_due, every=timedelta(0)))
        timed_work.register(Work("purge-expired-data", lambda: sum(retention.purge().values())))
        register_sitemap(Section("pages", PageSitemap))
        register_links()
        set_up.register(set_up.SetUp("groups", groups.set_up_groups, 20))
        set_up.register(set_up.SetUp("pages", tree.set_up_pages, 30))
        groups.register(
            groups.GroupRights(
                "portal",
                editors=("wagtailadmin.access_admin", "portal.change_portalsettings", "portal.view_figures"),
                moderators=("portal.view_outgoingmail",),
            )
        )
        demonstration.register(demonstration.Demonstration("people", people.write, 20))
        demonstration.register(demonstration.Demonstration("project", project.write, 90))


def register_links():
    """What the portal itself and the accounts below it add to the header and the footer."""
    from portal.navigation import Entry, Menu, register, signed_in, signed_out

    account = {"menu": Menu.ASSOCIATIONS}
    register(Entry("accounts.profile", _("My account"), "account_profile", position=20, shown=signed_in, **account))
    register(Entry("accounts.sign_out", _("Sign out"), "account_logout", position=30, shown=signed_in, **account))
    register(Entry("accounts.sign_in", _("Sign in"), "account_login", position=20, shown=signed_out, **account))
    register(Entry("portal.clear_device", _("Clear this device"), "clear_device", menu=Menu.SITE, position=90))
