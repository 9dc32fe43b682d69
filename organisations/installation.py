"""The region's municipalities, the first fields of activity and the fields of work."""

import csv
from pathlib import Path

from organisations.models import ActivityField, Municipality, TaskField

FOLDER = Path(__file__).parent


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def set_up():
    for row in rows(FOLDER / "municipalities.csv"):
        Municipality.objects.update_or_create(code=row.pop("code"), defaults=row)
    for position, row in enumerate(rows(FOLDER / "activity_fields.csv"), 1):
        ActivityField.objects.get_or_create(code=row.pop("code"), defaults={**row, "position": position})
    for position, row in enumerate(rows(FOLDER / "task_fields.csv"), 1):
        TaskField.objects.get_or_create(code=row.pop("code"), defaults={**row, "position": position})
