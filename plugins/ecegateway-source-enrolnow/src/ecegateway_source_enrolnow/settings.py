"""What a centre may set for its EnrolNow drop."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ecegateway.errors import ConfigError
from ecegateway.model.ids import ServiceNumberField

Pattern = Annotated[str, Field(min_length=1)]


class FilePatterns(BaseModel):
    """Which files of the drop folder are which: the names are not public, so each is a pattern."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    child_details: Pattern = "*child*details*.csv"
    enrolment: Pattern = "*enrolment*.csv"
    attendances: Pattern = "*attendance*.csv"
    operational_hours: Pattern = "*operational*hours*.csv"


class Settings(BaseModel):
    """The settings of one drop.

    ``service_ids`` maps EnrolNow's Service Approval Numbers to Ministry service numbers. ``genders`` maps its words for
    a child's sex to codes. ``login_without_logout`` says what the centre knows such a row to mean: by default nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    service_ids: Annotated[dict[str, ServiceNumberField], Field(min_length=1)]
    zone: Literal["Pacific/Auckland", "Pacific/Chatham"] = "Pacific/Auckland"
    files: FilePatterns = FilePatterns()
    login_without_logout: Literal["refuse", "absence"] = "refuse"
    genders: dict[str, Annotated[str, Field(min_length=1, max_length=10)]] = Field(
        default={"M": "M", "Male": "M", "F": "F", "Female": "F"}
    )


def read_settings(given: Mapping[str, Any]) -> Settings:
    """Check the settings a centre wrote.

    Raises:
        ConfigError: naming every setting that is missing, unknown or wrong.
    """
    try:
        return Settings.model_validate(dict(given))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in error.errors())
        raise ConfigError(f"the settings of an enrolnow source are wrong: {faults}; see the plugin's README") from error
