"""What `manage.py check --deploy` says of this site beside what Django says."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_proxies(app_configs: Any, **kwargs: Any) -> list[checks.Warning]:
    """A site with TLS stands behind a proxy, and must look past it to tell people's addresses apart."""
    if not settings.IS_TLS or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "TRUSTED_PROXIES is 0 though PUBLIC_URL is https: everybody seems to come from the proxy's address.",
            hint="Set TRUSTED_PROXIES to the number of proxies in front, one in most places.",
            id="portal.W001",
        )
    ]
