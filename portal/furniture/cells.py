"""Cells of tables that people open in a table programme: what somebody typed is never a formula there."""

from functools import wraps
from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_stock = SpreadsheetExportMixin.preprocess_field_value


def plain_cell(value: Any) -> Any:
    """The value as a cell may hold it: text that a table programme would reckon stands behind an apostrophe."""
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_BEGINS)
    return f"'{value}" if is_formula else value


@wraps(_stock)
def _written(view: Any, field: str, value: Any, export_format: str) -> Any:
    return plain_cell(_stock(view, field, value, export_format))


def keep_exports_plain() -> None:
    """Wagtail's reports, lists and form submissions write every value through this one method; none overrides it."""
    SpreadsheetExportMixin.preprocess_field_value = _written
