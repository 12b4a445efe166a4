"""The commands as people call them: what they print, in which language, and how they leave."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import COMMANDS, cli
from shutan.documents.workbook import read_workbook

EXAMPLES = Path(__file__).parents[2] / "examples"
CHUANNAN = str(EXAMPLES / "chuannan_2024.xlsx")
FAULTY = str(EXAMPLES / "chuannan_2023.xlsx")
SHUTAN = [sys.executable, "-c", "from shutan.cli import main; main()"]


@pytest.fixture
def run(monkeypatch):
    """Call `shutan …` in this process; Chinese unless the call says otherwise."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def call(*arguments, **env):
        return CliRunner(env=env).invoke(cli, list(arguments))

    return call


# -- help, language, wrong use ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_both_languages(run, name, language):
    result = run("--language", language, *([name] if name else []), "--help")
    assert result.exit_code == 0
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)
    # Unit names in the example of `explain` are Chinese in both.
    assert chinese == (language == "zh") or name == "explain"
    assert "|" not in result.stdout.replace("[zh|en]", "")


def test_every_command_is_documented():
    text = (EXAMPLES.parent / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"| `{name}" not in text] == []


@pytest.mark.parametrize(
    ("locale", "word"),
    [("en_US.UTF-8", "Usage"), ("zh_CN.UTF-8", "用法"), ("C.UTF-8", "用法"), ("de_DE", "用法")],
)
def test_language_comes_from_the_environment(run, locale, word):
    assert run("--help", LC_ALL=locale).stdout.startswith(word)


def test_language_of_the_command_wins(run):
    assert run("parameters", "--language", "en", "--help", LC_ALL="zh_CN.UTF-8").stdout.startswith("Usage")


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["nonsense"], "没有命令 nonsense", "no command nonsense"),
        (["report", CHUANNAN], "缺少 -o", "-o is missing"),
        (["report", "nowhere.xlsx", "-o", "out"], "没有文件 nowhere.xlsx", "no file nowhere.xlsx"),
        (["report", CHUANNAN, "extra", "-o", "out"], "多余的参数", "Too many"),
        (["template", "cement-of-mars", "--year", "2024"], "没有行业", "no sector"),
        (["template", "power", "--year", "1999"], "没有规则", "no rules for 1999"),
        (["parameters", "nothing_of_the_kind"], "没有参数", "no parameter"),
        (["explain", CHUANNAN, "combustion_emission"], "combustion_emissions", "combustion_emissions"),
        (["explain", CHUANNAN, "combustion_emissions@1号机组/烟煤/13"], "unit/fuel/month", "unit/fuel/month"),
        (["clauses", "--color"], "没有选项 --color", "no option --color"),
    ],
)
def test_wrong_use_is_told_in_the_language_and_leaves_with_2(run, arguments, zh, en):
    for language, words in (("zh", zh), ("en", en)):
        result = run("--language", language, *arguments)
        assert result.exit_code == 2
        assert words in result.stderr
        assert result.stdout == ""


# -- the rule book ------------------------------------------------------------------------------------------


def test_parameters_on_a_day(run):
    result = run("parameters", "electricity_benchmark", "--on", "2024-12-31", "--json")
    values = {one["key"][0]: one["value"] for one in json.loads(result.stdout)[0]["values"]}
    assert values == {"I": "0.7910", "II": "0.8049", "III": "0.8244", "IV": "0.3288"}


def test_parameters_say_how_sure_they_are(run):
    assert "待核实" in run("parameters", "electricity_benchmark").stdout
    assert "draft" in run("--language", "en", "parameters", "electricity_benchmark").stdout


def test_parameters_list_and_search(run):
    assert "electricity_benchmark" in run("parameters").stdout
    assert "heat_benchmark" in run("parameters", "基准值").stdout


def test_what_sectors_share_is_listed_once_with_their_names(run):
    listed = [
        line for line in run("parameters", "regional_grid_factor").stdout.splitlines() if "2012" in line
    ]
    assert len(listed) == len(set(listed))
    found = json.loads(run("clauses", "CEM24", "--json").stdout)
    assert {one["sector"] for one in found} == {"cement"}
    shared = run("clauses", "NDRC fuel").stdout
    assert "aviation" in shared
    assert "chemical, flat_glass," in shared


def test_clauses_are_searched(run):
    found = json.loads(run("clauses", "低位发热量", "--json").stdout)
    assert found
    assert all("rules" in one for one in found)
    assert run("clauses", "这些字哪里也没有").stdout == ""


# -- template and report ------------------------------------------------------------------------------------


def test_template_can_be_read_back(run, tmp_path):
    target = tmp_path / "leer" / "t.xlsx"
    result = run("template", "power", "--year", "2024", "-o", str(target))
    assert result.exit_code == 0
    reading = read_workbook(target)
    assert (reading.rules.name, reading.year) == ("power", 2024)


def test_report_of_a_clean_plant(run, tmp_path):
    result = run("report", CHUANNAN, "-o", str(tmp_path), "--json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    figures = {one["name"]: one["value"] for one in answer["summary"]}
    assert figures["enterprise_combustion_emissions"] == "5556438.69"
    assert figures["enterprise_allowance"] == "5519505"
    assert figures["enterprise_emissions"] is None  # no electricity factor is known for 2024
    assert answer["findings"] == []
    assert {file.name for file in tmp_path.iterdir()} == {"report.xlsx", "report.pdf", "report.json"}
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    trace = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {one["name"]: one["value"] for one in trace["values"]}[
        "enterprise_combustion_emissions"
    ] == "5556438.69"


def test_report_for_people_in_both_languages(run, tmp_path):
    chinese = run("report", FAULTY, "-o", str(tmp_path))
    assert chinese.exit_code == 0  # findings, none of which blocks
    assert "5,580,893.48" in chinese.stdout
    assert "CAL-02" in chinese.stdout
    assert "化石燃料月报!O15" in chinese.stdout.replace("\n", "")
    english = run("--language", "en", "report", FAULTY, "-o", str(tmp_path))
    assert "5,580,893.48" in english.stdout
    assert "findings" in english.stdout


def test_report_that_blocks_leaves_with_1(run, tmp_path):
    result = run("report", str(EXAMPLES / "chengdu_2023.xlsx"), "-o", str(tmp_path), "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["blocks"]
    assert "STR-01" in {one["check"] for one in answer["findings"] if one["blocks"]}


def test_real_plant_is_an_exercise_against_its_stack(run, tmp_path):
    file = str(EXAMPLES / "us_coal_plant_2014.xlsx")
    result = run("report", file, "-o", str(tmp_path), "--rules-year", "2024", "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1  # cells are empty: it could not be filed
    assert answer["exercise"]
    assert answer["stack"] == {
        "computed": "9848650.00",
        "measured": "9015725",
        "difference_percent": "+9.2",
    }
    waiting = {one["name"]: one["waiting"] for one in answer["summary"]}
    assert "generation_reported" in waiting["enterprise_allowance"]
    shown = run("--language", "en", "report", file, "-o", str(tmp_path), "--rules-year", "2024")
    assert "not a legal report" in shown.stdout
    assert "+9.2 %" in shown.stdout


def test_real_plant_has_no_rules_of_its_own_year(run, tmp_path):
    result = run("report", str(EXAMPLES / "us_coal_plant_2014.xlsx"), "-o", str(tmp_path))
    assert result.exit_code == 1
    assert "2014" in result.stderr
    assert not list(tmp_path.iterdir())


def test_folder_that_cannot_be_written(run, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("report", CHUANNAN, "-o", str(tmp_path / "file" / "below"))
    assert result.exit_code == 2
    assert "不能写入" in result.stderr


# -- questions ----------------------------------------------------------------------------------------------


def test_explain_goes_down_to_cell_and_source(run):
    value = run("explain", CHUANNAN, "combustion_emissions@1号机组/烟煤/3")
    assert "259,894.68" in value.stdout
    assert "44/12" in value.stdout
    told = run("explain", CHUANNAN, "fuel_consumption@1号机组/烟煤/3", "--json")
    terms = {one["name"]: one for one in json.loads(told.stdout)["terms"]}
    assert terms["fuel_consumption_reported"]["origin"].startswith("化石燃料月报!")
    english = run("--language", "en", "explain", CHUANNAN, "enterprise_allowance")
    assert "5,519,505" in english.stdout


def test_explain_takes_chinese_names_and_says_what_waits(run):
    assert "5,556,438.69" in run("explain", CHUANNAN, "全厂化石燃料燃烧排放量").stdout
    assert "待定" in run("explain", CHUANNAN, "enterprise_emissions").stdout


def test_allocate(run):
    values = json.loads(run("allocate", CHUANNAN, "--json").stdout)["values"]
    by_name = {(one["name"], *one["key"]): one["value"] for one in values}
    assert by_name["unit_class", "1号机组"] == "I"
    assert by_name["unit_allowance", "1号机组"] == "2703011"
    assert by_name["allowance_gap",] == "-36934"
    assert "-36,934" in run("allocate", CHUANNAN).stdout
    assert "待核实" in run("allocate", str(EXAMPLES / "chuannan_2025.xlsx")).stdout


def test_diff_names_change_and_cause(run):
    found = json.loads(run("diff", FAULTY, CHUANNAN, "--json").stdout)
    by_name = {(one["name"], *one["key"]): one for one in found}
    allowance = by_name["enterprise_allowance",]
    assert (allowance["before"], allowance["after"], allowance["change"]) == ("5510126", "5519505", "9379")
    assert by_name["electricity_benchmark_applied", "1号机组"]["causes"] == ["electricity_benchmark"]
    assert "没有差别" in run("diff", CHUANNAN, CHUANNAN).stdout


# -- imports --------------------------------------------------------------------------------------


def test_help_comes_at_once():
    """What takes time to import stays out of it: nobody else's packages but click, and no rule set."""
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom shutan.cli import cli\n"
        "try: cli(['--help'])\nexcept SystemExit: pass\n"
        "new = set(sys.modules) - before\n"
        "others = {name.partition('.')[0] for name in new} - set(sys.stdlib_module_names)\n"
        "assert others == {'click', 'shutan'}, others\n"
        "assert not [name for name in new if name.startswith(('shutan.rules', 'shutan.kernel'))], new\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["parameters"], ["explain", CHUANNAN, "enterprise_allowance"], ["serve", "--help"]],
)
def test_pure_commands_import_no_django(arguments):
    code = (
        "import sys\nfrom shutan.cli import cli\n"
        f"try: cli({arguments!r})\nexcept SystemExit as end: assert end.code == 0, end\n"
        "assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_closed_pipe_is_no_fault():
    command = subprocess.Popen(
        [*SHUTAN, "parameters", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.readline()
    command.stdout.close()
    assert b"Traceback" not in command.stderr.read()
    command.wait(timeout=30)
    command.stderr.close()


def test_an_exercise_shows_its_result_and_then_what_it_left_out(run, tmp_path):
    """What an exercise lacks it lacks on purpose: no list of faults on top."""
    file = str(EXAMPLES / "us_coal_plant_2014.xlsx")
    shown = run("report", file, "-o", str(tmp_path), "--rules-year", "2024")
    assert shown.output.index("9,848,650") < shown.output.index("48 个单元格未填")
    assert "48 处问题" not in shown.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("parameters", "x", "--on", "2024-02-30"), "实有的日期"), (("serve", "--port", "99999"), "1–65535")],
)
def test_wrong_values_of_options_are_told_in_chinese(arguments, said):
    done = subprocess.run(
        [*SHUTAN, "--language", "zh", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
