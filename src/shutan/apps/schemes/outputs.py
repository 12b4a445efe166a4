"""A version as a paper in the guideline's order: Word and PDF from one description."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from shutan.apps.schemes import content, queries
from shutan.apps.schemes.models import Scheme
from shutan.apps.schemes.workbook import write
from shutan.documents.folio import Folio, Part, folio_docx, folio_pdf
from shutan.rules.common.schemes import Section


def folio(scheme: Scheme, language: str, versions: Sequence[Scheme]) -> Folio:
    """All sections of a version."""
    whole = content.whole(scheme)
    declared = scheme.declared
    until = queries.until(scheme)
    legal = _("The legal filing is the one on the national platform; this paper is the province's record.")
    return Folio(
        title=_("Data quality control scheme"),
        language=language,
        subtitle=f"{scheme.organisation.name} · {scheme.title} · {scheme.get_state_display()}",
        parts=[_part(scheme, section, whole, language, versions) for section in declared.sections],
        notes=[
            *(
                [
                    _("In force from %(first)s until %(last)s.")
                    % {"first": scheme.in_force_from, "last": until}
                ]
                if until
                else []
            ),
            _("Form: %(source)s (%(status)s).")
            % {"source": _pick(declared.source, language), "status": _status(declared.status)},
            _pick(declared.note, language),
            legal,
        ],
    )


def _part(
    scheme: Scheme, section: Section, whole: content.Content, language: str, versions: Sequence[Scheme]
) -> Part:
    facts = [
        (
            item.label(language),
            ", ".join(one["name"] for one in whole["files"] if one["item"] == item.key)
            if item.kind == "files"
            else whole["texts"].get(item.key, ""),
        )
        for item in section.items
    ]
    heads: list[str] = []
    rows: list[list[str]] = []
    if section.holds == "versions":
        heads = [_("Version"), _("Status"), _("Submitted"), _("In force from"), _("Why it was revised")]
        rows = [_version(one, language) for one in versions]
    elif section.holds:
        columns = content.COLUMNS[section.holds]
        heads = [content.label(section.holds, name) for name in columns]
        rows = [
            [content.shown(section.holds, name, row.get(name), scheme.declared) for name in columns]
            for row in whole[section.holds]
            if section.holds != "parameters" or row["parameter"] in section.parameters
        ]
    return Part(f"{section.number} {section.label(language)}", facts, heads, rows)


def _version(one: Scheme, language: str) -> list[str]:
    words = [each.label(language) for each in one.declared.triggers if each.key in one.triggers]
    return [
        str(one.version),
        one.get_state_display(),
        f"{one.submitted_at:%Y-%m-%d}" if one.submitted_at else "",
        one.in_force_from.isoformat() if one.in_force_from else "",
        "\n".join(filter(None, [*words, one.reason])),
    ]


def _pick(text: str, language: str) -> str:
    zh, _bar, en = text.partition("|")
    return zh if language == "zh" else en


def _status(status: str) -> str:
    return {
        "official": _("seen in the text itself"),
        "secondary": _("unconfirmed: seen elsewhere"),
        "recalled": _("unconfirmed: the text was not seen"),
    }.get(status, status)


def versions_of(scheme: Scheme) -> list[Scheme]:
    """The versions up to one, the first first: what section B.1 tells."""
    return list(
        Scheme.objects.filter(
            organisation=scheme.organisation_id,
            rule_set=scheme.rule_set,
            year=scheme.year,
            version__lte=scheme.version,
        )
        .select_related("organisation")
        .order_by("version")
    )


def docx(scheme: Scheme, language: str) -> bytes:
    """A version for Word."""
    return folio_docx(folio(scheme, language, versions_of(scheme)))


def pdf(scheme: Scheme, language: str) -> bytes:
    """A version as PDF."""
    return folio_pdf(folio(scheme, language, versions_of(scheme)))


def xlsx(scheme: Scheme, _language: str) -> bytes:
    """A version as the workbook that is read again."""
    return write(scheme, versions_of(scheme))


MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS: dict[str, Callable[[Scheme, str], bytes]] = {"docx": docx, "pdf": pdf, "xlsx": xlsx}
