"""Every field that may hold personal data has a rule for its end, and the rule stands in docs/data-retention.md."""

from django.apps import apps
from django.db import models
from wagtail.models import Page

from portal.privacy.retention import RULES
from tests.plugins import OUR_LABELS, ROOT

# Models about things: vocabularies, places, what is offered. A new model is personal until it is named here.
ABOUT_THINGS = {
    "portal.DailyCount",
    "portal.PortalSettings",
    "portal.TimedWork",
    "organisations.Municipality",
    "organisations.ActivityField",
    "organisations.TaskField",
    "postings.JobTask",
    "postings.PostingLanguage",
    "postings.PostingDemand",
    "guides.Theme",
    "search.Concept",
    "search.SearchIndex",
}
# Fields that cannot tell of anybody by themselves, whatever the row is about.
NEUTRAL = (
    models.BooleanField,
    models.IntegerField,
    models.AutoField,
    models.FloatField,
    models.DecimalField,
    models.DateField,
    models.DurationField,
)


def personal_models():
    for label in OUR_LABELS:
        for model in apps.get_app_config(label).get_models():
            through_themes = model._meta.label.endswith(("Tag", "TaggedPage", "TaggedItem"))
            if model._meta.label not in ABOUT_THINGS and not issubclass(model, Page) and not through_themes:
                yield model


def is_personal(field):
    if field.is_relation:
        return field.related_model is apps.get_model("accounts.User")
    return not isinstance(field, NEUTRAL) and not field.choices


def test_every_personal_field_has_a_rule():
    covered = {(rule.model, name) for rule in RULES for name in rule.fields}
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in personal_models()
        for field in model._meta.local_fields
        if is_personal(field)
        if not {(model._meta.label, field.name), (model._meta.label, "*")} & covered
    ]
    assert not missing


def test_rules_name_fields_that_exist():
    for rule in RULES:
        names = {field.name for field in apps.get_model(rule.model)._meta.get_fields()} | {"*"}
        assert set(rule.fields) <= names, rule.name


def test_rules_stand_in_the_document():
    text = (ROOT / "docs/data-retention.md").read_text()
    assert not [rule.name for rule in RULES if rule.name not in text]
