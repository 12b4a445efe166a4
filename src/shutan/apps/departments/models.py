"""Tables of departments' data: each upload, and its figures. Both only grow: a later upload takes the place of an earlier one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.departments.kinds import KINDS
from shutan.apps.duties.models.lists import words


class Delivery(models.Model):
    """数据提交: one table of a department, as it was uploaded."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind of data"), max_length=20)
    name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("Rows"))
    at = models.DateTimeField(_("Uploaded"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Upload of a department")
        triggers = append_only("department_delivery")

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return KINDS[self.kind].label


class Figure(models.Model):
    """部门数据: one number about an enterprise, found by its credit code, of a year or month."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="figures")
    credit_code = models.CharField(_("Unified social credit code"), max_length=18)
    name = models.CharField(_("Enterprise"), max_length=120)  # as the department writes it
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), default=0)  # 0: the whole year
    item = models.CharField(_("Item"), max_length=100, blank=True)
    variable = models.CharField(max_length=40)
    number = models.DecimalField(_("Value"), max_digits=24, decimal_places=4)

    class Meta:
        verbose_name = _("Figure of a department")
        constraints = [
            models.UniqueConstraint(
                name="department_figure_once",
                fields=["delivery", "credit_code", "year", "month", "item", "variable"],
            ),
            models.CheckConstraint(
                name="department_figure_month", condition=models.Q(month__gte=0, month__lte=12)
            ),
        ]
        indexes = [models.Index(fields=["credit_code", "year", "variable"], name="department_figure")]
        triggers = append_only("department_figure")

    def __str__(self) -> str:
        return f"{self.name} {self.period} {self.variable}"

    @property
    def period(self) -> str:
        """`2025-03`, or `2025`."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def what(self) -> str:
        """What the number is, in the language of the page."""
        label = words(KINDS[self.delivery.kind].figure(self.variable))
        return f"{self.item} {label}" if self.item else label

    @property
    def unit(self) -> str:
        """Its unit."""
        return str(KINDS[self.delivery.kind].figure(self.variable).unit)
