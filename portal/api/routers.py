"""What apps give to machines: each registers a router of django-ninja, which the shell mounts under /api/v1/."""

from dataclasses import dataclass

from ninja import Router

from accounts.registry import Registry


@dataclass(frozen=True)
class ApiRouter:
    """`name` is the first part of its addresses: /api/v1/name/…"""

    name: str
    router: Router
    position: int = 50


ROUTERS: Registry[ApiRouter] = Registry()


def register(router: ApiRouter) -> ApiRouter:
    return ROUTERS.register(router)
