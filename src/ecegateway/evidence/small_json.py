"""JSON for the small descriptions kept beside records."""

from typing import Any

import orjson

from ecegateway.errors import IntakeError


def json_text(value: Any) -> str:
    """JSON with sorted keys, for the small descriptions kept beside records.

    Raises:
        IntakeError: a text in it holds a lone surrogate.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError as error:
        raise IntakeError("a text holds a lone surrogate, which is no character; correct it at the source") from error
