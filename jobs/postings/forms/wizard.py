"""The order of the steps, and which step an answer belongs to."""

from jobs.postings.forms.parts import DemandsStep, TasksStep
from jobs.postings.forms.steps import ContactStep, NameStep, PayStep, PlaceStep, TimeStep

STEPS = [NameStep, TasksStep, PlaceStep, TimeStep, ContactStep, DemandsStep, PayStep]
CHECK = "tarkista"
BY_SLUG = {step.slug: step for step in STEPS}


def step_of(field):
    """The step that asks for an answer."""
    return next((step for step in STEPS if field in step.answer_names()), NameStep)


def after(slug):
    """The slug that follows."""
    slugs = [*BY_SLUG, CHECK]
    return slugs[slugs.index(slug) + 1]


def before(slug):
    slugs = [*BY_SLUG, CHECK]
    number = slugs.index(slug)
    return slugs[number - 1] if number else ""
