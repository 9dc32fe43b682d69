"""The people of the matrix: two associations, staff of three kinds, and those who have no account."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from portal.site.groups import EDITORS, MODERATORS, set_up_groups
from tests.accounts.factories import UserFactory, sign_in
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import modules


def in_group(user, name):
    user.groups.add(Group.objects.get(name=name))
    return user


def people():
    return {
        "member": UserFactory(name="Jäsen"),
        "admin": UserFactory(name="Ylläpitäjä"),
        "other_admin": UserFactory(name="Toisen yhdistyksen ylläpitäjä"),
        "moderator": in_group(UserFactory(name="Moderaattori"), MODERATORS),
        "editor": in_group(UserFactory(name="Toimittaja"), EDITORS),
        "superuser": UserFactory(name="Pääkäyttäjä", superuser=True),
    }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """`people` and `clients` by role, `association` of member and admin, `stranger` of other_admin, and what the
    apps' own `build(world)` adds. Made once: every request to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def build_world():
    set_up_groups()
    world = SimpleNamespace(people=people())
    world.association = OrganisationFactory(admin=world.people["admin"], member=world.people["member"])
    world.stranger = OrganisationFactory(admin=world.people["other_admin"])
    world.clients = {role: sign_in(Client(), person) for role, person in world.people.items()}
    world.clients |= {"anonymous": Client(), "applicant": Client()}
    for module in modules():
        if hasattr(module, "build"):
            module.build(world)
    return world
