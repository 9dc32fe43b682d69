from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.views.generic import RedirectView


@login_not_required
def admin_login(request):
    """The Wagtail admin's own sign-in would pass by the second factor, so it leads to ours."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return RedirectView.as_view(pattern_name="account_login", query_string=True)(request)
