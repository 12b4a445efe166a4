"""Every read of the ledger and of archives: an enterprise its own; authorities that see it what was filed and kept by hand."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import organisations
from shutan.apps.archives.models import Archive, Line, Paper, RecordKind
from shutan.apps.common.language import language
from shutan.documents.wording import pick
from shutan.rules.evidence import listed
from shutan.rules.registry import rule_sets

REGULATORS = (Kind.PROVINCE, Kind.CITY)


def enterprises(person: User) -> QuerySet[Organisation]:
    """Whose ledger a person may open: one's own enterprise's, an authority those of its area; nobody else any."""
    if person.kind == Kind.ENTERPRISE and person.organisation_id:
        return Organisation.objects.filter(pk=person.organisation_id)
    if person.kind in REGULATORS:
        seen = organisations(person, Area.REPORTING, today=timezone.localdate())
        return seen.filter(kind=Kind.ENTERPRISE)
    return Organisation.objects.none()


def lines(person: User, organisation: Organisation) -> QuerySet[Line]:
    """The ledger of an enterprise that `enterprises` gave."""
    found = Line.objects.filter(organisation=organisation)
    if person.kind in REGULATORS:
        found = found.filter(filed=True)
    return found.order_by("-year", "-month", "kind", "key")


def papers(person: User) -> QuerySet[Paper]:
    """Records on paper a person may see."""
    return Paper.objects.filter(organisation__in=enterprises(person).order_by()).select_related(
        "organisation"
    )


def is_own(person: User, organisation: Organisation) -> bool:
    """Whether a person may write into a ledger."""
    return person.kind == Kind.ENTERPRISE and person.organisation_id == organisation.pk


def archives(person: User) -> QuerySet[Archive]:
    """Archives a person may take, the latest first; an authority those made for inspections."""
    found = Archive.objects.select_related("organisation", "asked_by__organisation")
    found = found.filter(organisation__in=enterprises(person).order_by())
    if person.kind in REGULATORS:
        found = found.filter(purpose=Archive.Purpose.INSPECTION)
    return found.order_by("-asked_at", "-pk")


def needs() -> dict[tuple[str, str], str]:
    """The guidelines' names of evidence in the language of the page, by rule set and key."""
    chinese = language() == "zh"
    return {
        (name, need.name): need.zh if chinese else need.en
        for name, rules in rule_sets().items()
        for need in listed(rules)
    }


def need_choices(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of some evidence, by key: for a filter."""
    named = needs()
    said = {need: named.get((rule_set, need), need) for rule_set, need in found}
    return sorted(said.items(), key=lambda pair: pair[1])


def title(line: Line) -> str:
    """What a record is called in the language of the page."""
    if line.title:
        return line.title
    if line.kind == RecordKind.MONTH:
        return _("Monthly filing %(period)s, version %(version)s") % {
            "period": line.period,
            "version": line.version,
        }
    return f"{line.get_kind_display()} {line.period}" + (f" v{line.version}" if line.version else "")


def sector(line: Line) -> str:
    """The guideline it belongs to, '' for none."""
    rules = rule_sets().get(line.rule_set)
    return pick(rules.title, language()) if rules else ""


def belongs(line: Line, named: dict[tuple[str, str], str]) -> str:
    """What a record belongs to: the guideline's evidence, or what the enterprise wrote."""
    return named.get((line.rule_set, line.need), line.need) if line.need else line.about


def every_line(person: User) -> QuerySet[Line]:
    """The lines of all ledgers a person may open."""
    found = Line.objects.filter(organisation__in=enterprises(person).order_by()).select_related(
        "organisation"
    )
    return found.filter(filed=True) if person.kind in REGULATORS else found
