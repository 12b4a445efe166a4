"""The computed result of a report: rebuilt from its rows, kept in memory while nothing has changed."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache

from shutan.apps.common.values import exact
from shutan.apps.reporting import rows
from shutan.apps.reporting.models import NoticeQuerySet, ParameterNotice, Report
from shutan.kernel import ParameterValue, Result, RuleSet
from shutan.rules.registry import rule_set

KEPT = 8  # results in memory a thread; one of a plant with daily coal takes some MB
Place = tuple[int, int, str]


class _Memory(threading.local):
    """Each thread has its own: a result fills itself in while it is read, and two must not do that at once."""

    def __init__(self) -> None:
        self.results: OrderedDict[Place, Result] = OrderedDict()


_memory = _Memory()


def notices(name: str, report: Report | None = None) -> list[ParameterNotice]:
    """The notices of a rule set that count. A submitted report keeps those that counted when it was submitted."""
    counting = ParameterNotice.objects.counting(report.submitted_at if report else None)
    return list(with_values(counting.filter(rule_set=name)).order_by("since", "pk"))


def with_values(found: NoticeQuerySet) -> NoticeQuerySet:
    """Notices with what `as_values` reads of them, in two queries."""
    return found.select_related("registered_by", "decided_by").prefetch_related("values")


def register(name: str, report: Report | None = None) -> tuple[ParameterValue, ...]:
    """The values of the notices of a rule set that count, for a submitted report those of its day."""
    return as_values(notices(name, report))


def registers() -> dict[str, tuple[ParameterValue, ...]]:
    """The same of every rule set that has any, in two queries: what counts today."""
    found: dict[str, list[ParameterNotice]] = {}
    for one in with_values(ParameterNotice.objects.counting()).order_by("since", "pk"):
        found.setdefault(one.rule_set, []).append(one)
    return {name: as_values(known) for name, known in found.items()}


def as_values(known: Iterable[ParameterNotice]) -> tuple[ParameterValue, ...]:
    """Notices as the kernel's records."""
    return tuple(
        ParameterValue(
            notice.name,
            notice.since,
            exact(one.value),
            " ".join(filter(None, (notice.number, notice.document))),
            notice.status,
            tuple(one.key),
            notice.until,
            notice.article,
            notice.note,
            registered_by=str(notice.registered_by),
            confirmed_by=str(notice.decided_by or ""),
        )
        for notice in known
        for one in notice.values.all()
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
