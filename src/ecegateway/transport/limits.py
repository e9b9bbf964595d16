"""The limits a pull keeps to; a centre may set them per source."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MIB = 1024 * 1024

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Count = Annotated[int, Field(ge=1)]


class Limits(BaseModel):
    """Deadlines in seconds, sizes in bytes, counts as whole numbers.

    ``request_seconds`` covers one question from connecting to the last byte; ``pull_seconds`` covers a whole pull with
    all its waiting. A body may inflate to ``inflation_ratio`` times what was sent; the first MiB is free of that rule.
    A snapshot is held when more than ``snapshot_rows`` rows and more than ``snapshot_percent`` of them went missing or
    changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    request_seconds: Seconds = 30
    pull_seconds: Seconds = 3600
    attempts: Annotated[int, Field(ge=1, le=20)] = 5
    pages: Count = 100_000
    sent_bytes: Count = 32 * MIB
    body_bytes: Count = 64 * MIB
    inflation_ratio: Count = 100
    slice_rows: Count = 5000
    slice_bytes: Count = 8 * MIB
    snapshot_rows: Annotated[int, Field(ge=0)] = 10
    snapshot_percent: Annotated[float, Field(ge=0, le=100)] = 10
