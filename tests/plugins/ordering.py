"""Rows of our own models come in random order unless the query says how to order them."""

import pytest
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler

from tests.plugins import OUR_LABELS


def may_be_shuffled(query):
    return (
        query.model is not None
        and query.model._meta.app_label in OUR_LABELS
        and not (query.subquery or query.combinator or query.distinct)
        and query.group_by is None
        and not any(annotation.contains_aggregate for annotation in query.annotations.values())
    )


@pytest.fixture(autouse=True, scope="session")
def shuffled_querysets():
    original = SQLCompiler.get_order_by

    def get_order_by(compiler):
        ordering = original(compiler)
        if ordering or not may_be_shuffled(compiler.query):
            return ordering
        by_chance = OrderBy(Random()).resolve_expression(compiler.query, allow_joins=True, reuse=None)
        sql, params = compiler.compile(by_chance)
        return [(by_chance, (sql, params, False))]

    patch = pytest.MonkeyPatch()
    patch.setattr(SQLCompiler, "get_order_by", get_order_by)
    yield
    patch.undo()
