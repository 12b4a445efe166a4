"""The declaration of a report: what was declared, whether it still speaks of what the draft says, and the page that is signed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.reporting import results, rows, tables
from shutan.apps.reporting.models import Declaration, Report
from shutan.apps.reporting.present import Presenter
from shutan.documents.folio import Folio, Part, folio_docx, folio_pdf
from shutan.documents.wording import pick, say
from shutan.rules.common.declaration import declaration

Means = Declaration.Means


def of(report: Report) -> Declaration | None:
    """What was declared of a report, None where nothing was."""
    return Declaration.objects.select_related("declared_by").filter(report=report).first()


def is_current(report: Report, declared: Declaration, *, strict: bool = False) -> bool:
    """Whether the draft still says what was declared; `strict` compares every value though no step was taken since."""
    if declared.revision == report.revision and not strict:
        return True
    return declared.content == rows.content_digest(report.pk)


def against(report: Report, *, strict: bool = False) -> list[str]:
    """What of the declaration keeps a draft from being submitted."""
    declared = of(report)
    if declared is None:
        return [_("The declaration is missing: upload its stamped scan, or sign it through the provider.")]
    if not is_current(report, declared, strict=strict):
        return [
            _("The report has changed since it was declared: print, sign and upload the declaration again.")
        ]
    return []


# -- the page that is signed -------------------------------------------------------------------------------------


def folio(report: Report, language: str) -> Folio:
    """The page: what is declared, of which report, and the lines to sign."""
    said = declaration()
    return Folio(
        title=say(language, "声明", "Declaration"),
        language="zh" if language.startswith("zh") else "en",
        subtitle=report.full_title,
        parts=[
            Part(say(language, "报告", "Report"), facts=list(_facts(report, language))),
            Part(
                say(language, "本单位声明", "The unit declares"),
                paragraphs=[one.text(language) for one in said.sentences],
                facts=[(one.text(language), "") for one in said.signatures],
            ),
        ],
        notes=[said.note(language), *_means(report, language)],
        portrait=True,
    )


def _facts(report: Report, language: str) -> Iterator[tuple[str, str]]:
    result = results.result_of(report)
    writer = Presenter(report, result)
    yield say(language, "单位", "Unit"), report.organisation.name_zh
    yield (
        say(language, "统一社会信用代码", "Unified social credit code"),
        report.organisation.credit_code or "—",
    )
    yield say(language, "行业", "Sector"), pick(result.rules.title, language)
    yield say(language, "年度", "Year"), str(report.year)
    for one in tables.summary(writer):
        if not one.is_waiting:
            yield writer.label(one.name), f"{one.text} {one.unit}".strip()
    yield (
        say(language, "内容识别码（SHA-256）", "Digest of the content (SHA-256)"),
        rows.content_digest(report.pk),
    )


def _means(report: Report, language: str) -> list[str]:
    declared = of(report)
    if declared is None:
        return []
    day = timezone.localdate(declared.declared_at).isoformat()
    if declared.means == Means.SCAN:
        told = say(
            language,
            f"已于 {day} 上传签字盖章扫描件",
            f"Declared on {day} by the scan of the signed and stamped page",
        )
    else:
        told = say(
            language,
            f"已于 {day} 经 {declared.provider} 电子签名",
            f"Signed electronically on {day} through {declared.provider}",
        )
    return [
        f"{told}（SHA-256 {declared.sha256}）"
        if language.startswith("zh")
        else f"{told} (SHA-256 {declared.sha256})"
    ]


def pdf(report: Report, language: str) -> bytes:
    """The page as PDF."""
    return folio_pdf(folio(report, language))


def docx(report: Report, language: str) -> bytes:
    """The page for Word."""
    return folio_docx(folio(report, language))
