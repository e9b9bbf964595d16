import io
import json
from collections.abc import Iterator

import pytest
import structlog

from ecegateway.logs import set_up_logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    structlog.reset_defaults()


CANARIES = ("Mererangi", "2021-05-04", "123456789", "hush-secret", "12 Kauri Street")


def test_allowed_keys_stand_and_others_are_withheld(lines: io.StringIO) -> None:
    structlog.get_logger().info("pull finished", source="kowhai", read=7, child_name=CANARIES[0], nsn=CANARIES[2])
    line = json.loads(lines.getvalue())
    assert (line["event"], line["level"], line["source"], line["read"]) == ("pull finished", "info", "kowhai", 7)
    assert line["withheld"] is True
    assert "timestamp" in line


@pytest.mark.parametrize("canary", CANARIES)
def test_a_value_gets_into_no_line_by_any_way(lines: io.StringIO, canary: str) -> None:
    log = structlog.get_logger()
    log.info(f"stored {canary}")  # noqa: G004
    log.info(canary)
    log.info("stored", name=canary, birth_date=canary, **{canary: 1})
    log.bind(token=canary).warning("token renewed")
    log.info("stored", source={"child": canary}, feed=[canary])
    try:
        raise ValueError(canary)  # noqa: TRY301
    except ValueError as error:
        log.exception("pull failed")
        log.error("pull failed", exc_info=error)  # noqa: TRY400
        log.error("pull failed", error=error)  # noqa: TRY400
    assert canary not in lines.getvalue()
    assert lines.getvalue().count('"error_kind": "ValueError"') == 2


def test_a_line_cannot_be_broken_in_two(lines: io.StringIO) -> None:
    structlog.get_logger().info("pull finished", source='kowhai"}\n{"event": "forged')
    assert len(lines.getvalue().splitlines()) == 1
    assert "forged" not in lines.getvalue()
