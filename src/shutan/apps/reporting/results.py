"""The computed result of a report: rebuilt from its rows, kept in memory while nothing has changed."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache

from shutan.apps.reporting import rows
from shutan.apps.reporting.models import ParameterNotice, Report
from shutan.kernel import ParameterValue, Result, RuleSet
from shutan.rules.registry import rule_set

KEPT = 8  # results in memory a thread; one of a plant with daily coal takes some MB
Place = tuple[int, int, str]


class _Memory(threading.local):
    """Each thread has its own: a result fills itself in while it is read, and two must not do that at once."""

    def __init__(self) -> None:
        self.results: OrderedDict[Place, Result] = OrderedDict()


_memory = _Memory()


def register(name: str, report: Report | None = None) -> tuple[ParameterValue, ...]:
    """The confirmed notices of a rule set. A submitted report keeps those known when it was submitted."""
    notices = ParameterNotice.objects.filter(rule_set=name, state=ParameterNotice.State.CONFIRMED)
    if report is not None and report.submitted_at is not None:
        notices = notices.filter(decided_at__lte=report.submitted_at)
    return tuple(
        as_value(one) for one in notices.select_related("registered_by", "decided_by").order_by("since", "pk")
    )


def as_value(notice: ParameterNotice) -> ParameterValue:
    """A notice as the kernel's record."""
    return ParameterValue(
        notice.name,
        notice.since,
        rows.exact(notice.value),
        notice.document,
        notice.status,
        tuple(notice.key),
        notice.until,
        notice.article,
        notice.note,
        registered_by=str(notice.registered_by),
        confirmed_by=str(notice.decided_by or ""),
    )


@lru_cache(maxsize=64)
def _digest_of_rules(name: str) -> str:
    rules = rule_set(name)
    told = [f"{one}:{made.version}" for one in sorted(rules.rules) for made in rules.rules[one]]
    told += [repr(value) for one in sorted(rules.parameters) for value in rules.parameters[one].values]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def fingerprint(rules: RuleSet, known: Iterable[ParameterValue]) -> str:
    """What would compute a report now: every rule's text, every parameter's value, every confirmed notice."""
    told = "\n".join([_digest_of_rules(rules.name), *map(repr, known)])
    return hashlib.sha256(told.encode()).hexdigest()


def result_of(report: Report) -> Result:
    """The result of a report by today's rules, from its rows."""
    rules = rule_set(report.rule_set)
    known = register(report.rule_set, report)
    place = (report.pk, report.revision, fingerprint(rules, known))
    kept = _memory.results
    if place in kept:
        kept.move_to_end(place)
        return kept[place]
    result = rules.evaluate(report.rules_year, rows.dataset(report.pk, rules), known)
    kept[place] = result
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return result


def is_current(report: Report) -> bool:
    """Whether today's rules and parameters are those that computed the stored values."""
    rules = rule_set(report.rule_set)
    return report.computed_with == fingerprint(rules, register(report.rule_set, report))


def drift(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """Names and keys whose stored value differs from what today's rules give; empty while they are the same."""
    return [] if is_current(report) else rows.drift(report.pk, result_of(report))
