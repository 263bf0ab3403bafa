"""What went wrong with a request, as an issue row: its kind, a message, and what to do about it."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from archive.records import Issue
from archive.urls import host


class Refused(IgnoreRequest):
    """A request that one of our middlewares does not send or does not follow; its kind is the issue's."""

    def __init__(self, kind: str, message: str, mend: str, subject: str) -> None:
        super().__init__(message)
        self.kind, self.message, self.mend, self.subject = kind, message, mend, subject


class UntrustedError(Exception):
    """A host whose certificate or encryption is not accepted; says what TLS objected to."""


def issue_of(error: BaseException, url: str, source_key: str) -> Issue:
    """The issue that a failed request leaves."""
    if isinstance(error, Refused):
        return Issue(error.kind, error.subject, error.message, error.mend, source_key)
    kind, message, mend = _explained(error, url)
    return Issue(kind, url if kind == "timeout" else host(url), message, mend, source_key)


def _explained(error: BaseException, url: str) -> tuple[str, str, str]:
    if isinstance(error, UntrustedError):
        text = f"the certificate or encryption of {host(url)} is not accepted ({error})"
        return "certificate", text, "look at the site in a browser; the next run tries again"
    if isinstance(error, DownloadTimeoutError):
        return "timeout", f"{url} did not answer in time", "the next run tries again"
    if isinstance(error, CannotResolveHostError):
        text = f"the name {host(url)} does not resolve"
        return "unreachable", text, "check the address in the source file, or the network of this machine"
    if isinstance(error, DownloadConnectionRefusedError):
        return "unreachable", f"{host(url)} refuses connections", "the next run tries again"
    text = f"{url} could not be fetched ({type(error).__name__}: {error})"
    return "unreachable", text, "the next run tries again"
