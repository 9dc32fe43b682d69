"""What a site knows that its backup cannot: who has been erased, and which mail is still to be sent.

It is read before a restore and lies in a file until the restore is whole, so that one that broke off can be run again.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone

from portal.backup.archive import BackupFailed
from portal.enums import MailState
from portal.models import Erasure, OutgoingMail


@dataclass
class Outlasting:
    """`erasures` are (account, joined, erased); `mail` is the state of each that was not sent, None if unknown."""

    erasures: list[tuple[int, str, str]] = field(default_factory=list)
    mail: dict[str, str] | None = None

    @classmethod
    def read(cls, path):
        """From the database as it is, and from the file of a restore that broke off, whose mail is the truth."""
        known = cls._of_database()
        if path.exists():
            try:
                earlier = cls(**json.loads(path.read_text()))
            except (ValueError, TypeError) as error:
                raise BackupFailed(f"{path} cannot be read; it tells whom to erase after the restore.") from error
            known = cls([*earlier.erasures, *known.erasures], earlier.mail)
        return known

    @classmethod
    def _of_database(cls):
        connection.ensure_connection()
        tables = set(connection.introspection.table_names())
        kept = cls()
        if Erasure._meta.db_table in tables:
            rows = Erasure.objects.order_by("pk").values_list("account", "joined_at", "erased_at")
            kept.erasures = [(account, joined.isoformat(), erased.isoformat()) for account, joined, erased in rows]
        if OutgoingMail._meta.db_table in tables:
            unsent = OutgoingMail.objects.exclude(state=MailState.SENT).order_by("pk")
            kept.mail = {str(key): state for key, state in unsent.values_list("message_id", "state")}
        return kept

    def write(self, path: Path):
        unfinished = path.with_name(f"{path.name}.unfinished")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"erasures": self.erasures, "mail": self.mail}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    def bring_back(self):
        """Adds it to what the restored database knows."""
        for account, joined, erased in self.erasures:
            Erasure.objects.remember(account, datetime.fromisoformat(joined), datetime.fromisoformat(erased))
        if self.mail is None:
            return
        for letter in OutgoingMail.objects.filter(state=MailState.WAITING).order_by("pk"):
            self._settle(letter)

    def _settle(self, letter):
        """A mail that waits in the backup and not in the database before it was sent in between."""
        letter.state = self.mail.get(str(letter.message_id), MailState.SENT)
        letter.leased_until = None
        letter.sent_at = timezone.now() if letter.state == MailState.SENT else None
        letter.save(update_fields=["state", "leased_until", "sent_at"])
