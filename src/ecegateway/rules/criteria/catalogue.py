"""The twelve criteria in order, and the rules of theirs that hold no hours and doubt no presence."""

from ecegateway.rules.criteria import (
    criterion_01_own_signature,
    criterion_02_creators,
    criterion_03_controls,
    criterion_04_own_verification,
    criterion_05_alterations,
    criterion_06_verified,
    criterion_07_no_default,
    criterion_08_signed_by_whom,
    criterion_09_accurate_each_day,
    criterion_10_kept,
    criterion_11_accessible,
    criterion_12_extractable,
)
from ecegateway.rules.criteria.criterion_01_own_signature import one_each, signature_made_by_other, signature_shared
from ecegateway.rules.criteria.criterion_02_creators import creator_not_recorded
from ecegateway.rules.criteria.criterion_03_controls import no_control, signature_two_places
from ecegateway.rules.criteria.criterion_04_own_verification import by_guardian, own_signature
from ecegateway.rules.criteria.criterion_05_alterations import service_records, signature_altered
from ecegateway.rules.criteria.criterion_06_verified import covers_no_day, given_too_early, no_statement
from ecegateway.rules.criteria.criterion_08_signed_by_whom import authorised
from ecegateway.rules.criteria.criterion_09_accurate_each_day import not_explained, not_verified
from ecegateway.rules.criteria.criterion_11_accessible import no_day, records_nameless
from ecegateway.rules.criteria.criterion_12_extractable import set_apart
from ecegateway.rules.criteria.grading import Criterion
from ecegateway.rules.registry import Rule

CRITERIA: tuple[Criterion, ...] = (
    criterion_01_own_signature.CRITERION,
    criterion_02_creators.CRITERION,
    criterion_03_controls.CRITERION,
    criterion_04_own_verification.CRITERION,
    criterion_05_alterations.CRITERION,
    criterion_06_verified.CRITERION,
    criterion_07_no_default.CRITERION,
    criterion_08_signed_by_whom.CRITERION,
    criterion_09_accurate_each_day.CRITERION,
    criterion_10_kept.CRITERION,
    criterion_11_accessible.CRITERION,
    criterion_12_extractable.CRITERION,
)

CRITERIA_WARNINGS: tuple[Rule, ...] = (
    by_guardian,
    own_signature,
    no_statement,
    given_too_early,
    covers_no_day,
    authorised,
    signature_shared,
    one_each,
    signature_made_by_other,
    creator_not_recorded,
    signature_two_places,
    no_control,
    not_explained,
    not_verified,
    signature_altered,
    service_records,
    records_nameless,
    no_day,
    set_apart,
)
