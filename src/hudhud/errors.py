"""Every error of Hudhud. The docstring is the sentence that the user reads.

`permanent` says that trying again the same way cannot help. `retry_after_s`, when a
provider named one, is the soonest moment at which trying again is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

# How the service outside is, by what it said: broken or silent, asking to come back later, or well
# (it answered, and refused this one thing). The breakers count by it (R1).
Service = Literal["down", "busy", "well"]

# Whom a provider wants to wait: this message, this person, the whole number, or all of its app.
Scope = Literal["message", "pair", "number", "app"]


class HudhudError(Exception):
    """Something in Hudhud did not work."""

    permanent: ClassVar[bool] = True
    exit_code: ClassVar[int] = 1
    service: Service = "well"
    # Who was asked in vain before it came to this; pages show it (R1, issue 6 part 10).
    asked: tuple[dict[str, object], ...] = ()

    def __init__(self, detail: str = "", *, retry_after_s: float | None = None) -> None:
        """Keep what is particular to this time; the docstring says what is always true.

        Args:
            detail: what was wrong this time, without any secret's value.
            retry_after_s: seconds, when the other side named a moment to come back.
        """
        self.detail = detail
        self.retry_after_s = retry_after_s
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The sentence that a person reads: the docstring's first line, then the detail."""
        first = (type(self).__doc__ or "").strip().splitlines()[0]
        return f"{first} {self.detail}".strip()


class SettingsWrongError(HudhudError):
    """The settings are wrong, so nothing was started."""

    exit_code = 78

    def __init__(self, problems: tuple[str, ...]) -> None:
        """List every problem at once, so that one run is enough to mend them all."""
        self.problems = problems
        super().__init__("\n" + "\n".join(f"  - {problem}" for problem in problems))


class PortTakenError(HudhudError):
    """The port is taken by another program; free it, or name another one."""

    exit_code = 78


class EngineError(HudhudError):
    """An embedded engine did not start."""


class EngineVersionError(EngineError):
    """The data directory belongs to another major version of the engine."""

    exit_code = 78


class ChildFailedError(HudhudError):
    """A process of Hudhud did not come up, so everything was stopped; its log says why."""


class MigrationError(HudhudError):
    """The migrations and the database do not agree, so nothing was changed."""

    exit_code = 78


class MigrationFailedError(HudhudError):
    """A migration failed and left nothing behind; the files before it stay."""


class RuntimeRoleError(HudhudError):
    """The runtime role could read past row-level security, so Hudhud does not start."""

    exit_code = 78


class NotFoundError(HudhudError):
    """There is no such thing here."""


class AlreadyThereError(HudhudError):
    """There is one with this name already."""


class AlreadyRunningError(HudhudError):
    """This is running already, and one at a time is enough."""


class BadInputError(HudhudError):
    """This cannot be taken as it is."""

    exit_code = 2


class RegressedError(HudhudError):
    """This was not published: rehearse it and look at what became worse, or say why it goes out."""


class WindowClosedError(HudhudError):
    """The contact wrote too long ago for a free reply here; choose a template, or wait for them."""

    exit_code = 2


class TemplateUnfitError(HudhudError):
    """This template cannot be sent so."""

    exit_code = 2

    def __init__(self, detail: str, *, code: str) -> None:
        """Keep why, for pages: how the template stands, `missing`, `unfit` or `values`."""
        self.code = code
        super().__init__(detail)


class SecretUnreadableError(HudhudError):
    """A stored secret cannot be read with this ENCRYPTION_KEY_HEX."""

    exit_code = 78


class UnreadableWebhookError(HudhudError):
    """The webhook is signed correctly, and cannot be understood."""


class StoreUnavailableError(HudhudError):
    """PostgreSQL cannot take this now."""

    permanent = False


class LookUpFailedError(HudhudError):
    """Something without which an answer would be wrong could not be read; the batch comes again."""

    permanent = False


class NotReplicatedError(StoreUnavailableError):
    """PostgreSQL committed without its standby; a failover may lose it, so it is not done."""


class StoreUnfitError(HudhudError):
    """This PostgreSQL would lose messages, so Hudhud does not start."""

    exit_code = 78


class SpoolUnavailableError(HudhudError):
    """The spool cannot be written, so the provider is asked to come again."""

    permanent = False


class QueueUnavailableError(HudhudError):
    """Valkey does not answer; work goes on straight from PostgreSQL."""

    permanent = False


class SendRejectedError(HudhudError):
    """The provider refused the message."""

    def __init__(
        self,
        detail: str = "",
        *,
        code: str = "",
        retry: bool = False,
        retry_after_s: float | None = None,
        service: Service = "well",
        scope: Scope = "message",
    ) -> None:
        """Keep the provider's code; `retry`: it did not leave, sending again may help (law 5)."""
        self.code = code
        self.retry = retry
        self.scope = scope
        self.service = service
        super().__init__(detail, retry_after_s=retry_after_s)


class SendNotMadeError(HudhudError):
    """The message did not leave: the provider could not be reached."""

    permanent = False
    service = "down"


class SendUnknownError(HudhudError):
    """The message may or may not have left; a status from the provider or a person decides."""

    service = "down"

    def __init__(self, detail: str = "", *, external_id: str | None = None) -> None:
        """Keep the id that the message has if it left, where we chose it ourselves."""
        self.external_id = external_id
        super().__init__(detail)


class MediaRefusedError(HudhudError):
    """This file is not taken."""


class DocumentRefusedError(HudhudError):
    """This document cannot be read."""

    exit_code = 2
    SAYS: ClassVar[dict[str, str]] = {
        "broken": "It is damaged, or not what its name says.",
        "empty": "There is nothing in it.",
        "encrypted": "It has a password; save it without one.",
        "no_text": "It holds pictures of pages and no text; let a program recognise its text.",
        "too_heavy": "Reading it took too much time or memory; save it anew, or in parts.",
        "too_large": "It has more than 20 MB.",
        "too_long": "It has more than a million letters; give it in parts.",
        "too_many_pages": "It has more than 500 pages; give it in parts.",
        "unknown_kind": "Give text, Markdown, HTML, PDF or DOCX.",
    }

    def __init__(self, *, code: str) -> None:
        """Keep why, for pages; one of those that are said here."""
        self.code = code
        super().__init__(self.SAYS.get(code, code))


class SheetUnfitError(HudhudError):
    """This file cannot be read as a list of products."""

    exit_code = 2
    SAYS: ClassVar[dict[str, str]] = {
        "broken_workbook": "It is damaged, or has a password; save it anew as XLSX or CSV.",
        "empty": "There is nothing in it.",
        "no_json": "It is no list of objects.",
        "no_sheet": "Give CSV, XLSX or JSON.",
        "no_text": "It is no text that can be read; save it as CSV in UTF-8.",
        "old_workbook": "It is a workbook of the old kind, or has a password; save it as XLSX.",
        "only_headings": "It has only headings, or no row of headings.",
        "too_large": "It is larger than 8 MB, or unpacks to too much; give it in parts.",
        "too_long_a_cell": "A cell has more than 5,000 letters, or a quote is never closed.",
        "too_many_columns": "It has more than 80 columns.",
        "too_many_rows": "It has more than 20,000 rows; give it in parts.",
    }

    def __init__(self, why: str) -> None:
        """Keep why, for pages; one of those that are said here."""
        self.why = why
        super().__init__(self.SAYS.get(why, why))


class ProductUnfitError(HudhudError):
    """This product cannot be kept as it was given."""

    exit_code = 2

    def __init__(self, problems: Sequence[tuple[str, str, str]]) -> None:
        """Keep what is wrong: field, a key of the interface's texts, and what that names."""
        self.problems = tuple(problems)
        super().__init__("; ".join(": ".join(filter(None, one)) for one in self.problems) + ".")


class ChangedMeanwhileError(HudhudError):
    """Somebody changed this meanwhile; nothing was saved, look at it again."""


class MediaUnavailableError(HudhudError):
    """The file could not be fetched."""

    permanent = False
    service = "down"


class StorageUnavailableError(HudhudError):
    """The file cannot be stored or read now: the disk is full, or the storage away."""

    permanent = False
    service = "down"


class LinkExpiredError(HudhudError):
    """This link to a file was for a while only, and that while is over."""


class HearingFailedError(HudhudError):
    """The voice note could not be put into words."""

    permanent = False

    def __init__(
        self, detail: str = "", *, retry_after_s: float | None = None, service: Service = "down"
    ) -> None:
        """Keep how the endpoint is; it is `well` when it answered, and refused this one."""
        self.service = service
        super().__init__(detail, retry_after_s=retry_after_s)


class TraceNotExportedError(HudhudError):
    """The collector of traces did not take them; they are lost, and nothing else is."""

    permanent = False

    def __init__(
        self, detail: str = "", *, retry_after_s: float | None = None, service: Service = "down"
    ) -> None:
        """Keep how the collector is; it is `well` when it answered, and refused these."""
        self.service = service
        super().__init__(detail, retry_after_s=retry_after_s)


class EmbeddingFailedError(HudhudError):
    """The endpoint did not say what a text means."""

    permanent = False
    service = "down"


class ResponderFailedError(HudhudError):
    """The responder gave no answer; a person takes over."""

    permanent = False

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after_s: float | None = None,
        service: Service = "down",
        again: bool = True,
        tokens: tuple[int, int] = (0, 0),
    ) -> None:
        """Keep how the model behind it is; it is `well` when its text was of no use.

        `again`: the same question may be answered when it is asked once more, at once.
        `tokens` are those that it read and wrote all the same, and that somebody has to pay.
        """
        self.service = service
        self.again = again and retry_after_s is None
        self.tokens = tokens
        super().__init__(detail, retry_after_s=retry_after_s)


class SpendExceededError(HudhudError):
    """What this merchant may spend on models today is spent; raise its limit, or wait."""

    permanent = False


class LeaseLostError(HudhudError):
    """The conversation changed hands while it was being answered."""


class OrderStaysError(HudhudError):
    """The order stays as it is."""


class BreakerOpenError(HudhudError):
    """This service failed too often just now, so it is not asked for a while."""

    permanent = False


class UnguardedCallError(HudhudError):
    """A call was about to leave without a breaker before it; this is a fault of Hudhud itself."""


class SignInRefusedError(HudhudError):
    """This sign-in link or password is not valid (any more)."""


class TokenRefusedError(HudhudError):
    """This API token is not valid (any more); `hudhud operator token` makes one."""
