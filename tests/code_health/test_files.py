"""Files stay small, name no download address, and say what is meant now."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULE_LINES = 400
OTHER_LINES = 600
CODE = (".py", ".html", ".js", ".css", ".scss", ".ts")
# Hosts of registries and mirrors, written apart so that this file passes its own test.
HOSTS = [
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "npm" + "mirror.com",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "pypi.tuna." + "tsinghua",
    "mirrors.ali" + "yun.com",
]
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def files(*suffixes):
    """Paths relative to the root, of the given suffixes (all without)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    paths = [Path(name) for name in names if (ROOT / name).is_file()]
    return [path for path in paths if not suffixes or path.suffix in suffixes]


def text(path):
    """The text of a project file, or None where it is not text."""
    content = (ROOT / path).read_bytes()
    if b"\0" in content:
        return None
    return content.decode("utf-8")


def limit(path):
    return RULE_LINES if path.parts[:3] == ("src", "shutan", "rules") else OTHER_LINES


def is_generated(path):
    return "migrations" in path.parts


def faults(path, content):
    """What is wrong with one file."""
    found = []
    if path.suffix in CODE and not is_generated(path) and (n := content.count("\n")) >= limit(path):
        found.append(f"{path}: {n} lines, under {limit(path)} wanted")
    found += [f"{path}: names the registry host {host}" for host in HOSTS if host in content]
    if UNFINISHED.search(content) and path.suffix != ".txt":
        found.append(f"{path}: unfinished: {UNFINISHED.search(content)[0]}")
    if re.search(r"^(<<<<<<<|>>>>>>>) ", content, re.MULTILINE):
        found.append(f"{path}: a merge was not finished")
    if path.suffix in {*CODE, ".md", ".yaml", ".toml"} and content and not content.endswith("\n"):
        found.append(f"{path}: the last line does not end")
    return found


def test_every_tracked_file():
    found = []
    for path in files():
        content = text(path)
        if content is not None:
            found += faults(path, content)
    assert found == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("src/shutan/rules/power/long.py", "x = 1\n" * 400, "under 400"),
        ("src/shutan/web/long.py", "x = 1\n" * 600, "under 600"),
        ("src/shutan/web/templates/long.html", "<p>\n" * 600, "under 600"),
        ("package-lock.json", f"https://{HOSTS[2]}/x.tgz", "registry host"),
        ("src/shutan/a.py", "# TO" + "DO: later\n", "unfinished"),
        ("README.md", "no end", "does not end"),
        ("README.md", "<<<<<<< HEAD\n", "merge"),
    ],
)
def test_a_fault_is_found(name, content, words):
    (fault,) = faults(Path(name), content)
    assert words in fault


def test_what_is_allowed_passes():
    assert faults(Path("src/shutan/rules/power/short.py"), "x = 1\n" * 399) == []
    assert faults(Path("src/shutan/apps/a/migrations/0001_initial.py"), "x = 1\n" * 999) == []


def test_no_built_or_secret_file_is_tracked():
    built = {".mo", ".pyc", ".sqlite3", ".pem", ".key"}
    assert [path for path in files() if path.suffix in built or "node_modules" in path.parts] == []
    assert not (ROOT / "uv.lock").exists()


def test_the_documents_exist():
    expected = ["README.md", "README.zh-CN.md", "LICENSE", "docs/architecture.md", "docs/operations.md"]
    assert [name for name in expected if not (ROOT / name).is_file()] == []


def test_links_of_the_documents_lead_somewhere():
    broken = []
    for path in files(".md"):
        content = text(path)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", content):
            if "://" not in target and not target.startswith("mailto:"):
                place = (ROOT / path).parent / target
                if not place.exists():
                    broken.append(f"{path}: {target}")
    assert broken == []


def test_every_setting_of_the_environment_is_documented_and_no_other():
    read = set()
    for path in files(".py"):
        if path.parts[0] == "src" and path.name != "settings_test.py":
            read |= set(re.findall(r"""["'](SHUTAN_[A-Z_]+)["']""", text(path)))
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(SHUTAN_[A-Z_]+)`", manual)) == read


def test_the_commands_of_the_documents_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set()
    for name in ("README.md", "README.zh-CN.md", "docs/operations.md"):
        named |= set(re.findall(r"\bmake ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert {"run", "test"} <= named <= targets


def test_the_language_of_a_page_is_asked_in_one_place():
    asked = {
        str(path)
        for path in files(".py")
        if path.parts[:3] == ("src", "shutan", "apps") and "get_language" in text(path)
    }
    assert asked == {"src/shutan/apps/common/language.py"}
