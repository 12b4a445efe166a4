"""How pages of reporting write one value, one block of values, one formula."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shutan.apps.common.components import badge
from shutan.apps.common.language import language
from shutan.apps.reporting.models import Finding, Report
from shutan.apps.reporting.present import Shown, decimals, figure, pick, sure
from shutan.apps.reporting.rulebook import notice_value, notice_words
from shutan.documents.wording import status_text, value_text
from shutan.kernel import Waiting

register = template.Library()


@register.simple_tag
def value(shown: Shown | None, *, unit: bool = False) -> SafeString:
    """One value as a quiet link to its explanation; what is not sure or still waits says so."""
    if shown is None or shown.value is None:
        return SafeString("")
    text: Any = shown.text
    if shown.is_waiting:
        text = format_html('<span class="waits" title="{}">{}</span>', shown.hint, _("waiting"))
    elif shown.is_number:
        text = format_html('<span class="figure">{}</span>', shown.text)
        if unit and shown.unit:
            text = format_html('{}<span class="unit">{}</span>', text, shown.unit)
    link = format_html('<a class="explained" data-explain href="{}">{}</a>', shown.url, text)
    if shown.is_unsure:
        sure = status_text(shown.status, language())
        return format_html(
            '{}<span class="unsure" title="{}"><span class="visually-hidden">{}</span></span>',
            link,
            sure,
            sure,
        )
    return link


@register.simple_tag
def weight(one: Finding, report: Report) -> SafeString:
    """How much a finding weighs; in an exercise nothing blocks, for nothing is submitted."""
    if one.blocks and report.is_exercise:
        return badge("trial", _("would block a report"))
    return badge(one.severity)


@register.filter
def said(one: Any, name: str) -> str:
    """`{{ finding|said:"message" }}`: the field of the page's language, of a pair `message_zh`, `message_en`."""
    return str(getattr(one, f"{name}_{language()}", ""))


register.filter("sure", sure)
register.filter("notice_words", notice_words)
register.filter("notice_value", notice_value)
register.filter("picked", pick)


@register.filter
def status_words(status: str) -> str:
    """How sure a value is, in words."""
    return status_text(status, language())


@register.filter
def in_words(one: Any) -> str:
    """A text with both sides, as `declaration.yaml` has them, in the page's language."""
    return str(one.text(language()))


@register.filter
def exactly(value: Any) -> str:
    """A value with all its digits, thousands separated; one that waits says so."""
    if isinstance(value, Waiting):
        return _("waiting")
    return figure(value, decimals(value)) if isinstance(value, Decimal) else value_text(value, language())


@register.inclusion_tag("reporting/_block.html")
def values(grid: Any, marked: str = "", label: Any = "") -> dict[str, Any]:
    """A table of values."""
    return {"grid": grid, "marked": marked, "label": label}
