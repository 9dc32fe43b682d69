from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("accounts")
    default = True

    def ready(self):
        from accounts import second_factor, signals  # noqa: F401 — the signals listen once they are imported

        second_factor.register(second_factor.Rule("staff", second_factor.is_staff))


class WagtailAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's user pages with our form, and open to superusers alone: who edits accounts owns the site."""

    user_viewset = "accounts.wagtail_hooks.UserViewSet"

    def ready(self):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from accounts.permissions import SuperusersOnly

        register_permission_policy(get_user_model(), SuperusersOnly(get_user_model()))
        register_permission_policy(Group, SuperusersOnly(Group))
