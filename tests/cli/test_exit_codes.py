"""What the program ends with when an error reaches the top."""

from collections.abc import Callable

import pytest

from ecegateway.cli import app
from ecegateway.errors import (
    ConfigError,
    DeliveryRefusedError,
    EceGatewayError,
    EvidenceMissingError,
    IntegrityError,
    SourceFatalError,
)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(ConfigError, 2), (EvidenceMissingError, 2), (SourceFatalError, 3), (DeliveryRefusedError, 3), (IntegrityError, 4)],
)
def test_an_error_is_told_in_a_line_and_by_the_exit_code(
    kind: type[EceGatewayError], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: object) -> Callable[[], None]:
        def run() -> None:
            raise kind("the words of the error")

        return run

    monkeypatch.setattr(app, "build", build)
    for setting_up in ("collect_seldom", "set_up_logs", "load_plugins"):
        monkeypatch.setattr(app, setting_up, lambda **_: None)
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == code
    assert capsys.readouterr().err == "ecegateway: the words of the error\n"
