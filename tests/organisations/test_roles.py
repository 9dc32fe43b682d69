"""The table of roles against the same table in words, cell by cell, in Python and in SQL."""

from itertools import combinations, product

import pytest
from django.contrib.auth.models import AnonymousUser

from organisations.enums import MembershipRole, OrganisationKind, OrganisationStatus
from organisations.models import Membership, Organisation
from organisations.roles import Verb, may, verbs_of
from tests.organisations.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    UserFactory,
    business_id,
)

pytestmark = pytest.mark.django_db

# verb | who | in organisations of which kind | in which state | with what staff gave it
WORDS = """
see | everybody | any kind | any state |
edit details | administrators | any kind | pending, verified |
manage members | administrators | any kind | pending, verified |
see postings | everybody | any kind | any state |
write postings | everybody | any kind | pending, verified |
see applications | everybody | any kind | verified, paused |
read applicants | everybody | any kind | verified |
answer applications | everybody | any kind | verified |
see readers | administrators | any kind | verified, paused |
see processes | everybody | associations, company | any state |
work on processes | everybody | associations, company | pending, verified |
accept agreements | administrators | associations, municipality  | verified |
give mandates | administrators | any kind | verified |
revoke mandates | administrators | any kind | pending, verified, paused   |
coach | everybody | any kind | verified | gives coaching
support employers | everybody | any kind | verified | gives employer support
speak for municipality | administrators | municipality | verified | represents
"""
ROLES = {"everybody": {"MEMBER", "ADMIN"}, "administrators": {"ADMIN"}}
KINDS = {
    "any kind": {"ASSOCIATION", "FOUNDATION", "RELIGIOUS_COMMUNITY", "COMPANY", "MUNICIPALITY", "OTHER"},
    "associations": {"ASSOCIATION", "FOUNDATION", "RELIGIOUS_COMMUNITY"},
    "company": {"COMPANY"},
    "municipality": {"MUNICIPALITY"},
}
STATES = {
    "any state": {"PENDING", "VERIFIED", "PAUSED", "CLOSED"},
    "pending": {"PENDING"},
    "verified": {"VERIFIED"},
    "paused": {"PAUSED"},
}
GIVEN = ("gives_coaching", "gives_employer_support", "represents")


def united(words, groups):
    return set().union(*(groups[word.strip()] for word in words.split(",")))


def read_words():
    """From the words: verb → roles, kinds, states, what staff must have given (or nothing)."""
    table = {}
    for line in WORDS.strip().splitlines():
        verb, who, kinds, states, given = (cell.strip() for cell in line.split("|"))
        name = verb.upper().replace(" ", "_")
        table[name] = united(who, ROLES), united(kinds, KINDS), united(states, STATES), given.replace(" ", "_")
    return table


TABLE = read_words()


def is_right(verb, role, kind, state, given):
    roles, kinds, states, needed = TABLE[verb]
    return role in roles and kind in kinds and state in states and (not needed or needed in given)


def cells():
    sets = [set(given) for count in range(len(GIVEN) + 1) for given in combinations(GIVEN, count)]
    return list(product(OrganisationKind.values, OrganisationStatus.values, sets))


def organisation_of(number, kind, state, given):
    place = MunicipalityFactory()
    return Organisation(
        name=f"Yhdistys {number}",
        business_id=business_id(number),
        kind=kind,
        status=state,
        municipality=place,
        gives_coaching="gives_coaching" in given,
        gives_employer_support="gives_employer_support" in given,
        represents=place if "represents" in given else None,
    )


def test_every_verb_is_in_words():
    assert set(TABLE) == set(Verb.values)


def test_every_cell_is_as_in_words():
    for number, (kind, state, given) in enumerate(cells()):
        organisation = organisation_of(number, kind, state, given)
        for role in MembershipRole.values:
            wanted = {verb for verb in TABLE if is_right(verb, role, kind, state, given)}
            assert set(verbs_of(role, organisation)) == wanted, (role, kind, state, given)


def test_sql_agrees_with_python_in_every_cell():
    table = cells()
    rows = Organisation.objects.bulk_create(organisation_of(number, *cell) for number, cell in enumerate(table))
    rows = list(Organisation.objects.order_by("pk"))
    for role in MembershipRole.values:
        person = UserFactory()
        Membership.objects.bulk_create(Membership(user=person, organisation=row, role=role) for row in rows)
        memberships = {membership.organisation_id: membership for membership in person.memberships.all()}
        for verb in Verb:
            by_sql = set(Organisation.objects.where_may(person, verb).values_list("pk", flat=True))
            assert by_sql == {row.pk for row in rows if may(memberships[row.pk], verb, row)}, (role, verb)
            assert by_sql == {
                row.pk for row, cell in zip(rows, table, strict=True) if is_right(verb.value, role, *cell)
            }, (role, verb)


@pytest.mark.parametrize("verb", Verb)
def test_a_stranger_and_nobody_may_nothing(verb):
    organisation = OrganisationFactory(gives_coaching=True, gives_employer_support=True)
    elsewhere = MembershipFactory(is_admin=True)
    for who in (elsewhere, elsewhere.user, UserFactory(), AnonymousUser()):
        assert not may(who, verb, organisation)
    for user in (elsewhere.user, AnonymousUser()):
        assert organisation not in Organisation.objects.where_may(user, verb)


def test_a_person_may_what_the_membership_may():
    admin = MembershipFactory(is_admin=True)
    assert may(admin.user, Verb.EDIT_DETAILS, admin.organisation)
    assert not may(MembershipFactory(organisation=admin.organisation).user, Verb.EDIT_DETAILS, admin.organisation)


def test_the_right_is_one_condition_in_sql(django_assert_num_queries):
    membership = MembershipFactory()
    with django_assert_num_queries(1):
        assert list(Organisation.objects.where_may(membership.user, Verb.WRITE_POSTINGS)) == [membership.organisation]
