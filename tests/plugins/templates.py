"""An undefined variable in one of our templates fails the test; other people's templates may be as they are."""

import sys

import pytest
from django.template import engines

from tests.plugins import OUR_TEMPLATES


class UndefinedVariable(Exception):
    pass


class FailOnUndefined(str):
    """Django shows this text in the place of an undefined variable; it refuses when the template is ours."""

    def _origin(self):
        frame = sys._getframe(2)
        while frame is not None:
            node = frame.f_locals.get("self")
            if frame.f_code.co_name in {"render", "render_annotated"} and getattr(node, "origin", None) is not None:
                return str(node.origin.name)
            frame = frame.f_back
        return ""

    def __bool__(self):
        # Empty for other people's templates, whose `|default` relies on it.
        return self._origin().startswith(OUR_TEMPLATES)

    def __contains__(self, part):
        return part == "%s"

    def __mod__(self, variable):
        raise UndefinedVariable(f"{variable} in {self._origin()}")


@pytest.fixture(autouse=True, scope="session")
def undefined_variables():
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, FailOnUndefined()
    yield
    engine.string_if_invalid = before
