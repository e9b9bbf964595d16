"""The interface keeps to the document it publishes, whatever it is asked: schemathesis over every operation."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ecegateway.api.app import create_app
from tests.support.filing import NOW, SIGNER
from tests.support.office import PLUGINS, Office, office
from tests.support.records import SERVICE


def _document() -> dict[str, Any]:
    """The published document, of the one service there is here; tokens are tried by themselves, on every operation."""
    document = deepcopy(create_app(Path("nowhere"), PLUGINS, lambda: NOW).openapi())
    for operations in document["paths"].values():
        for operation in operations.values():
            del operation["security"]
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "service":
                    parameter["schema"] = {"enum": [SERVICE]}
    return document


SCHEMA = schemathesis.openapi.from_dict(_document())


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as found:
        yield found


@SCHEMA.parametrize()
@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_documented(there: Office, case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(
        base_url=str(there.client.base_url),
        headers={"Authorization": f"Bearer {there.tokens[SIGNER]}"},
        excluded_checks=[positive_data_acceptance],  # a step may be refused for what is on record, and is documented so
    )


def test_every_check_is_made() -> None:
    assert len(CHECKS.get_all()) > 8
