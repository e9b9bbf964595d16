"""Every exception the gateway raises on purpose.

::

    EceGatewayError
    ├── ConfigError                  the settings are wrong or incomplete
    ├── PluginError                  a plugin is at fault, named
    │   ├── PluginLoadError          it could not be loaded
    │   └── PluginContractError      it broke the contract in hookspecs.py or contract.py
    ├── SourceError                  a vendor's side of a pull went wrong
    │   ├── SourceRetryableError     worth asking again, after a while
    │   └── SourceFatalError         asking again will not help; a person must look
    ├── DeliveryError                handing something over went wrong
    │   ├── NothingSentError         certainly nothing got there
    │   ├── AnswerLostError          it may have got there, and nobody can say
    │   └── DeliveryRefusedError     it was not tried: another is at it, or its key stands for other bytes
    ├── IntakeError                  bytes that could not be read at all
    ├── EvidenceError                the store is missing, unsafe or refuses
    │   └── EvidenceMissingError     the store is sound, and does not hold what was asked about
    ├── IntegrityError               evidence was changed, or a signature does not hold
    ├── HandbookError                the law was asked something it does not answer
    │   ├── ParameterNotInForceError
    │   └── UnknownCitationError
    ├── ReturnError                  a return may not take this step as it stands
    ├── AccessError                  a token does not count
    │   └── ForbiddenError           it counts, and does not let its holder do this
    └── ExportError                  a file could not be made valid

A breach of a rule is never an exception: it is a :class:`~ecegateway.model.finding.Finding`.
Messages say where, what, and what to do next; they carry keys and field paths, never a person's name, birth date or number.
"""


class EceGatewayError(Exception):
    """The root of everything raised on purpose."""


class ConfigError(EceGatewayError):
    """The settings are wrong or incomplete."""


class PluginError(EceGatewayError):
    """A plugin is at fault; the message names it."""


class PluginLoadError(PluginError):
    """A plugin could not be loaded or registered."""


class PluginContractError(PluginError):
    """A plugin broke the contract: a wrong type, a wrong stream, an answer outside its promises."""


class SourceError(EceGatewayError):
    """A vendor's side of a pull went wrong."""


class SourceRetryableError(SourceError):
    """The vendor may answer if asked again.

    ``retry_after_seconds`` is the vendor's own wish, already clamped, or ``None``.
    """

    def __init__(self, message: str, *, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class SourceFatalError(SourceError):
    """Asking again will not help: a person must look."""


class DeliveryError(EceGatewayError):
    """Handing something over went wrong."""


class NothingSentError(DeliveryError):
    """Certainly nothing got there: trying again is safe."""


class AnswerLostError(DeliveryError):
    """It may have got there, and nobody can say before the other side is asked."""


class DeliveryRefusedError(DeliveryError):
    """It was not tried: another process is at it, its key stands for other bytes, or its payload's time is over."""


class IntakeError(EceGatewayError):
    """Bytes that could not be read at all."""


class EvidenceError(EceGatewayError):
    """The evidence store is missing, unsafe, or refuses."""


class EvidenceMissingError(EvidenceError):
    """The store is sound, and does not hold what was asked about."""


class IntegrityError(EceGatewayError):
    """Evidence was changed, or a signature does not hold."""


class HandbookError(EceGatewayError):
    """The law was asked something it does not answer."""


class ParameterNotInForceError(HandbookError):
    """No verified value of a parameter covers the day asked about."""


class UnknownCitationError(HandbookError):
    """A citation names an instrument or section that the index does not hold."""


class ReturnError(EceGatewayError):
    """A return may not take this step as it stands; the message says why, and what to do."""


class AccessError(EceGatewayError):
    """A token for the interface is missing or does not count."""


class ForbiddenError(AccessError):
    """A token counts, and does not let its holder do what was asked."""


class ExportError(EceGatewayError):
    """A file could not be made valid; nothing was written."""
