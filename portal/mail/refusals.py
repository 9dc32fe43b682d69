"""What an error of a mail server means: for one mail alone, or for all that wait."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

from portal.enums import MailFault

# It was not there, did not let us in, or hung up: no other mail would go either.
OF_THE_SERVER = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPServerDisconnected)
PERMANENT = 500  # RFC 5321, 4.2.1: replies from 500 on will not change


def fault_of(error: Exception) -> MailFault:
    """REFUSED is for ever and for this mail; NO_SERVER is for all mails; everything else may go better later."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return MailFault.REFUSED if codes and min(codes) >= PERMANENT else MailFault.LATER
    if isinstance(error, SMTPDataError):
        return MailFault.REFUSED if error.smtp_code >= PERMANENT else MailFault.LATER
    is_of_server = isinstance(error, OF_THE_SERVER) or (
        isinstance(error, OSError) and not isinstance(error, SMTPException)
    )
    return MailFault.NO_SERVER if is_of_server else MailFault.LATER


def in_short(error: Exception) -> str:
    """For the log and the row: the kind of error and the server's code, never its words, which repeat addresses."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({code for code, _words in error.recipients.values()})
    else:
        codes = [code] if (code := getattr(error, "smtp_code", None)) else []
    return " ".join([type(error).__name__, *map(str, codes)])
