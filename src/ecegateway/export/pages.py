"""Renders the pages a person reads: own templates, own style inlined, no script, nothing fetched."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ecegateway.contract import Exportable
from ecegateway.export import (
    absence_months,
    absence_words,
    cause_lines,
    conformance_words,
    names,
    rs7_words,
    signs,
    summary,
    words,
)
from ecegateway.export.schemas import NOTICE
from ecegateway.model.absence import Duty, Pattern
from ecegateway.model.claim import Category, StaffColumn, Verdict


def render_page(template: str, exportable: Exportable, **values: Any) -> bytes:
    """A page's bytes, UTF-8. ``values`` fill the template beside the claim itself."""
    return render(template, claim=exportable.claim, **values)


def render(template: str, **values: Any) -> bytes:
    """A page's bytes, UTF-8, of values alone; ``claim`` among them is what the page's head and foot speak of."""
    return _environment().get_template(template).render(**values).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ecegateway", "export/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        clock=words.clock,
        whole=words.whole,
        more_or_less=words.more_or_less,
        times=words.times,
        count=words.count,
        month_name=words.month_name,
        period_name=words.period_name,
        long_day=words.long_day,
        plain_day=words.plain_day,
        short_day=words.short_day,
        short_days=words.short_days,
        instant_words=words.instant_words,
        day_link=words.day_link,
        weight=cause_lines.weight,
        comes_back=cause_lines.comes_back,
        columns=cause_lines.columns,
        touches=cause_lines.touches,
        staff_counted=summary.staff_counted,
        explanation_page=words.explanation_page,
        weekday_name=words.weekday_name,
        reason_words=absence_words.reason_words,
        duties_in_words=absence_months.duties_in_words,
        form_name=names.form_name,
        difference=rs7_words.difference,
    )
    environment.globals.update(
        notice=NOTICE,
        categories=words.CATEGORIES,
        category_signs=signs.CATEGORY_SIGNS,
        staff_columns=words.STAFF_COLUMNS,
        severities=words.SEVERITIES,
        verdicts=words.VERDICTS,
        no_staff_hours=words.NO_STAFF_HOURS,
        patterns=absence_words.PATTERNS,
        duties=absence_words.DUTIES,
        standings=absence_words.STANDINGS,
        legend=absence_words.LEGEND,
        absence_cites=absence_words.CITES,
        grades=conformance_words.GRADES,
        check_weights=rs7_words.WEIGHTS,
        sure_words=rs7_words.SURE,
        Category=Category,
        StaffColumn=StaffColumn,
        Verdict=Verdict,
        Duty=Duty,
        Pattern=Pattern,
    )
    return environment
