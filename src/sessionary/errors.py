"""One tree of errors; each knows its HTTP status and says what was wrong and what is right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: where, and what would be right."""

    path: str
    message: str


class SessionaryError(Exception):
    """Something a caller or an operator can act on."""

    status = 500


class InvalidRequestError(SessionaryError):
    """The request cannot be understood; `faults` lists all that is wrong with it."""

    status = 400

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class UnauthorizedError(SessionaryError):
    """The request comes without a key that lets it in."""

    status = 401


class ForbiddenError(SessionaryError):
    """Who asks is known, and may not."""

    status = 403


class NotFoundError(SessionaryError):
    """There is nothing by that id in this workspace."""

    status = 404


class ConflictError(SessionaryError):
    """There is something by that id in this workspace already."""

    status = 409


class RequestTimeoutError(SessionaryError):
    """The body did not arrive in time."""

    status = 408


class BodyTooLargeError(SessionaryError):
    """The body, as sent or once decompressed, is over the limit."""

    status = 413


class UnsupportedMediaTypeError(SessionaryError):
    """The content type or content encoding is not one that is read here."""

    status = 415


class RetryLaterError(SessionaryError):
    """Nothing was stored; the same request can succeed after `retry_after_seconds`."""

    status = 503
    retry_after_seconds = 1


class BufferFullError(RetryLaterError):
    """More is waiting to be stored than the buffer holds."""

    status = 429


class RateLimitedError(RetryLaterError):
    """The key asks more often than it may."""

    status = 429

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class StorageError(RetryLaterError):
    """The store refused or failed: a full disk, an unreachable server."""

    retry_after_seconds = 5


class QueryMemoryError(StorageError):
    """The query needs more memory than the engine or the query may use."""


class DamagedDataError(StorageError):
    """Files of `table` cannot be read."""

    def __init__(self, message: str, table: str) -> None:
        super().__init__(message)
        self.table = table


class QueryTimeoutError(SessionaryError):
    """A read took longer than one may; the same one would again."""

    status = 503


class ConfigurationError(SessionaryError):
    """A setting keeps the server from starting."""


class DataFolderInUseError(ConfigurationError):
    """Another process has the data folder open."""
