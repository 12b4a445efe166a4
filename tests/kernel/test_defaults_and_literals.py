"""A default written as a key is the member; a literal 0 of a rule's body is an exact number like any other."""

from decimal import Decimal
from types import ModuleType

from shutan.kernel import Choice, Choices, Dataset, Grain, Number, RuleSet, Table, rule, when
from shutan.kernel.calculate import calculate

PLANT = Grain("plant")
Answer = Choices("Answer", NO="否|no", YES="是|yes")


def rules(folder):
    (folder / "clauses.yaml").write_text(
        "[{id: T 1, instrument: t, number: '1', zh: t, en: t, summary: t, summary_zh: t,"
        " from: 2020-01-01, kind: computed, status: official, source: t}]",
        encoding="utf-8",
    )

    @rule("T 1", grain=PLANT, unit="t")
    def counted(amount, answer):
        """数量 n: the amount, or nothing."""
        return when(answer == Answer.NO, 0, amount)

    module = ModuleType("m")
    module.counted = counted
    table = Table(
        "plant",
        PLANT,
        "厂|plant",
        (Number("amount", "量|amount", unit="t"), Choice("answer", Answer, "答|answer", default="NO")),
    )
    return RuleSet("t", "试|test", tables=(table,), modules=(module,), folders=(folder,))


def test_default_and_literal(tmp_path):
    made = rules(tmp_path)
    value = made.evaluate(2024, Dataset.of({"plant": [{"amount": Decimal(5)}]})).value("counted")
    assert isinstance(value, Decimal)
    assert value == 0
    value = calculate(made, "counted", year=2024, given={"amount": "5"})
    assert isinstance(value, Decimal)
    assert value == 0
