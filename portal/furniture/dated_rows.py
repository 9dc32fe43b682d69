"""Rows that hold from one day to another and never overlap within their group: the database refuses it.

Outside the models' state, and made anew after every migrate: on SQLite a pair of triggers, which Django drops whenever
it rebuilds a table; on PostgreSQL an exclusion constraint, which needs neither an extension nor a superuser, because
the group is a range of one number, its digest.
"""

import hashlib
from datetime import date
from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# In the name of the constraint and in the message of the triggers: tells this refusal from others.
MARK = "rows_apart"
LAST_DAY = "9999-12-31"


class DatedRowQuerySet(models.QuerySet[Any]):
    def on(self, day: date | None = None) -> Self:
        """What holds on a day, today if none is given: at most one row of each group."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class DatedRow(models.Model):
    """Holds from its first day to its last, both included; without a last day until further notice.

    `GROUP` names the fields (numbers, texts or foreign keys) whose rows stay apart from each other. A Meta of one's own
    inherits from `DatedRow.Meta`.
    """

    GROUP: ClassVar[tuple[str, ...]] = ()

    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedRowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            )
        ]


def keep_apart(sender: Any, using: str = "default", **signal: Any) -> None:
    """After migrate: every dated model of the app gets its refusal."""
    connection = connections[using]
    for model in sender.get_models():
        if issubclass(model, DatedRow) and model._meta.managed and not model._meta.proxy:
            (_by_triggers if connection.vendor == "sqlite" else _by_constraint)(connection, model)


def _columns(connection: BaseDatabaseWrapper, model: type[DatedRow]) -> list[str]:
    fields = [model._meta.get_field(name) for name in model.GROUP]
    return [
        connection.ops.quote_name(field.column) for field in fields if isinstance(field, models.Field) and field.column
    ]


def _by_triggers(connection: BaseDatabaseWrapper, model: type[DatedRow]) -> None:
    table = model._meta.db_table
    same = "".join(f" AND other.{column} IS NEW.{column}" for column in _columns(connection, model))
    for event, others in (("INSERT", ""), ("UPDATE", " AND other.rowid <> OLD.rowid")):
        name = f'"{table}_{MARK}_{event.lower()}"'
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(
                f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" WHEN EXISTS (SELECT 1 FROM "{table}" other'  # noqa: S608
                f" WHERE other.valid_from <= COALESCE(NEW.valid_until, '{LAST_DAY}')"
                f" AND COALESCE(other.valid_until, '{LAST_DAY}') >= NEW.valid_from{same}{others})"
                f" BEGIN SELECT RAISE(ABORT, '{MARK}: {table}'); END"
            )


def _by_constraint(connection: BaseDatabaseWrapper, model: type[DatedRow]) -> None:
    """Its name carries a digest of what it says, so that a migrate rebuilds it only when that has changed."""
    table = model._meta.db_table
    columns = _columns(connection, model)
    group = " || chr(31) || ".join(f"COALESCE({column}::text, chr(30))" for column in columns) or "''"
    number = f"hashtextextended({group}, 0)::numeric"
    group_range = f"numrange({number}, {number}, '[]')"
    rule = f"EXCLUDE USING gist ({group_range} WITH &&, daterange(valid_from, valid_until, '[]') WITH &&)"
    begin = f"{table[:30]}_{MARK}_"
    name = begin + hashlib.sha256(rule.encode()).hexdigest()[:8]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND starts_with(conname, %s)",
            [connection.ops.quote_name(table), begin],
        )
        present = {row[0] for row in cursor.fetchall()}
        for outdated in present - {name}:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{outdated}"')
        if name not in present:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {rule}')
