from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.views import admin_login, admin_preferences
from portal import error_views, site_urls, views
from portal.api import shell
from portal.backends.files import uploads_whole

decorate_urlpatterns(wagtail_urls.urlpatterns, login_not_required)
decorate_urlpatterns(wagtaildocs_urls.urlpatterns, login_not_required)
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, uploads_whole(error_views.not_stored))

urlpatterns = [
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/account/", admin_preferences, name="wagtailadmin_account"),
    # Wagtail breaks down on demand there, to show its page of faults.
    path("admin/failwhale/", error_views.not_found),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/", include(shell.addresses())),
    path("", include((site_urls.urlpatterns, "portal"))),
]

urlpatterns += i18n_patterns(
    # Wagtail's page for signing in to private pages knows passwords only, and no second factor.
    path("_util/login/", admin_login, name="wagtailcore_login"),
    path(_("clear-device/"), views.clear_device, name="clear_device"),
    path(_("continue/"), views.unsent_form, name="unsent"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path(_("account/"), include("accounts.urls")),
    path("", include("organisations.urls")),
    path("", include("jobs.urls")),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "portal.error_views.bad_request"
handler403 = "portal.error_views.forbidden"
handler404 = "portal.error_views.not_found"
handler500 = "portal.error_views.server_error"
