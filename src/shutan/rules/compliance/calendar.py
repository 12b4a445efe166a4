"""Deadlines of a reporting year's cycle, as whole numbers yyyymmdd; a date not published yet waits."""

from shutan.kernel import rule
from shutan.rules.common.grains import ENTERPRISE

DAY = "yyyymmdd"


@rule("CAL report", grain=ENTERPRISE, unit=DAY)
def report_deadline(*, report_by):
    """年度排放报告截止日: Annual emission report."""
    return report_by


@rule("CAL verification", grain=ENTERPRISE, unit=DAY)
def verification_deadline(*, verification_by):
    """核查完成截止日: Verification done and its result told."""
    return verification_by


@rule("CAL pre-allocation", grain=ENTERPRISE, unit=DAY)
def pre_allocation_deadline(*, pre_allocation_by):
    """预分配截止日: Pre-allocation sent to the register."""
    return pre_allocation_by


@rule("CAL verified allocation", grain=ENTERPRISE, unit=DAY)
def verified_allocation_deadline(*, verified_allocation_by):
    """核定配额截止日: Verified allocation fixed and sent to the register."""
    return verified_allocation_by


@rule("CAL issue", grain=ENTERPRISE, unit=DAY)
def issue_deadline(*, issue_by):
    """配额发放截止日: Allowances issued."""
    return issue_by


@rule("CAL surrender", grain=ENTERPRISE, unit=DAY)
def surrender_deadline(*, surrender_by):
    """清缴截止日: Allowances surrendered."""
    return surrender_by


@rule("CAL list", grain=ENTERPRISE, unit=DAY)
def list_deadline(*, list_by):
    """下一年度名录截止日: List of key emitting units of the year after the cycle."""
    return list_by


@rule("CAL quality scheme", grain=ENTERPRISE, unit=DAY)
def quality_scheme_deadline(*, quality_scheme_by):
    """下一年度数据质量控制方案截止日: Data-quality scheme of the next year."""
    return quality_scheme_by


@rule("CAL agencies", grain=ENTERPRISE, unit=DAY)
def agency_evaluation_deadline(*, agency_evaluation_by):
    """核查机构评估截止日: Evaluation of the verification agencies."""
    return agency_evaluation_by


@rule("AP2324 App.5(2)", grain=ENTERPRISE, unit=DAY)
def carry_over_notice_deadline(*, carry_over_notice_by):
    """结转通知书发放截止日: Notices of carry-over sent out."""
    return carry_over_notice_by


@rule("AP2324 App.5(2)", grain=ENTERPRISE, unit=DAY)
def carry_over_deadline(*, carry_over_apply_by):
    """结转申请截止日: Last day to apply for carry-over."""
    return carry_over_apply_by


@rule("AP2324 App.5(2)", grain=ENTERPRISE, unit=DAY)
def carry_over_first_batch_deadline(*, carry_over_first_batch_by):
    """结转首批申请截止日: Applications up to this day are settled in the first batch."""
    return carry_over_first_batch_by


@rule("CAL evidence", grain=ENTERPRISE, unit="d")
def monthly_evidence_days_allowed(*, monthly_evidence_days):
    """月度信息化存证时限: Natural days after the month's end for its evidence."""
    return monthly_evidence_days


@rule("ORDER19 16", "ORDER19 27", grain=ENTERPRISE, unit="d")
def objection_days_allowed(*, objection_days):
    """提出异议时限: Working days to object to an allocation or a verification result."""
    return objection_days


@rule("ORDER19 16", "ORDER19 27", grain=ENTERPRISE, unit="d")
def objection_decision_days_allowed(*, objection_decision_days):
    """异议答复时限: Working days to decide on an objection."""
    return objection_decision_days
