"""The locks pin everything the .in files ask for, with hashes, without addresses, in agreement."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
LOCKS = ["run", "dev", "bench", "node"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


def asked(name):
    """The requirements of an .in file, with those it includes."""
    found = []
    for line in (FOLDER / f"{name}.in").read_text(encoding="utf-8").splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("-r "):
            found += asked(content[3:].removesuffix(".in"))
        elif content:
            found.append(Requirement(content))
    return found


def pinned(name):
    """Name → versions of a lock (several where they depend on the Python version)."""
    versions = {}
    for package, version, _marker in PIN.findall((FOLDER / f"{name}.txt").read_text(encoding="utf-8")):
        versions.setdefault(canonicalize_name(package), set()).add(version)
    return versions


@pytest.mark.parametrize("name", LOCKS)
def test_each_name_asked_for_is_pinned_to_a_version_it_allows(name):
    pins = pinned(name)
    assert pins
    for requirement in asked(name):
        versions = pins.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement} is not in {name}.txt: make lock"
        assert all(requirement.specifier.contains(version) for version in versions), (
            f"{requirement}: make lock"
        )


@pytest.mark.parametrize("name", LOCKS)
def test_each_pin_has_a_hash_and_no_line_an_address(name):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert len(blocks) == len(PIN.findall(text))


@pytest.mark.parametrize(("narrow", "wide"), [("run", "dev"), ("dev", "bench"), ("run", "bench")])
def test_locks_agree_on_versions(narrow, wide):
    first, second = pinned(narrow), pinned(wide)
    assert {name for name in first.keys() & second.keys() if first[name] != second[name]} == set()


def test_developing_includes_running():
    assert pinned("run").keys() <= pinned("dev").keys()


def test_the_package_asks_for_the_python_the_locks_are_made_for():
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == ">=3.11"
    assert "--python-version 3.11" in (FOLDER.parent / "Makefile").read_text(encoding="utf-8")


def test_nothing_under_a_strong_copyleft_runs_with_the_product():
    # iapws and pyXSteam are GPL, openfisca-core is AGPL: the last only as a reference in benchmarks.
    assert pinned("dev").keys() & {"iapws", "pyxsteam", "openfisca-core"} == set()
