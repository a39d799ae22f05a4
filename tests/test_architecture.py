"""The architecture's contracts hold, and each fails when one import breaks it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "jobs", "migrations", "sandbox")
DOMAIN_MAY_IMPORT = {"holidays", "iso4217", "rapidfuzz", "numpy", "scipy", "tzdata"}


@dataclass(frozen=True, slots=True)
class Breach:
    """One import that must not be, and the contract that forbids it."""

    contract: str
    module: str
    imports: str

    def __str__(self) -> str:
        return f"{self.contract}: {self.module} -> {self.imports}"


BREACHES = [
    Breach("floors", "bot.domain", "bot.db"),
    Breach("floors", "bot.domain", "bot.clock"),
    Breach("floors", "bot.db", "bot.services"),
    Breach("floors", "bot.services", "bot.slack"),
    Breach("floors", "bot.slack", "bot.services"),
    Breach("floors", "bot.services", "bot.files"),
    Breach("floors", "bot.services", "bot.settings"),
    Breach("floors", "bot.services", "bot.wiring"),
    Breach("floors", "bot.wiring", "bot.cli"),
    Breach("edges", "handlers", "jobs"),
    Breach("edges", "handlers", "bot.cli"),
    Breach("edges-are-protected", "bot.services", "handlers"),
    Breach("slack-without-database", "bot.slack", "bot.db"),
    Breach("slack-without-database", "bot.slack", "sqlalchemy"),
    Breach("pure-domain", "bot.domain", "sqlalchemy"),
    Breach("pure-domain", "bot.domain", "time"),
    Breach("edges-without-sql", "handlers", "bot.db"),
    Breach("edges-without-sql", "jobs", "sqlalchemy"),
    Breach("migrations-stand-alone", "migrations.versions", "bot.db.tables"),
    Breach("sandbox-knows-nothing", "sandbox", "bot.domain"),
    Breach("sandbox-is-protected", "handlers", "sandbox"),
    Breach("no-cycles", "bot.domain", "bot.db"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, to be broken."""
    copy = tmp_path_factory.mktemp("tree")
    ignore = shutil.ignore_patterns("__pycache__")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=ignore)
    shutil.copy(ROOT / ".importlinter", copy)
    return copy


def lint(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", *arguments]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    outcome = lint(tree)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_one_import_breaks_its_contract(tree: Path, breach: Breach) -> None:
    package = tree / Path(*breach.module.split("."))
    broken = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    whole = broken.read_text()
    broken.write_text(f"{whole}\nimport {breach.imports}\n")
    try:
        outcome = lint(tree, "--contract", breach.contract)
    finally:
        broken.write_text(whole)
    assert outcome.returncode == 1, outcome.stdout
    assert "BROKEN" in outcome.stdout


def test_a_new_module_has_to_choose_its_floor(tree: Path) -> None:
    stray = tree / "bot" / "stray.py"
    stray.write_text("")
    try:
        outcome = lint(tree, "--contract", "floors")
    finally:
        stray.unlink()
    assert outcome.returncode == 1
    assert "stray" in outcome.stdout


def test_every_contract_has_a_breach() -> None:
    lines = (ROOT / ".importlinter").read_text().splitlines()
    start = "[importlinter:contract:"
    contracts = {line.removeprefix(start)[:-1] for line in lines if line.startswith(start)}
    assert contracts == {breach.contract for breach in BREACHES}


def test_the_domain_imports_only_the_standard_library_and_libraries_of_facts() -> None:
    graph = grimp.build_graph("bot", include_external_packages=True, cache_dir=None)
    domain = {"bot.domain", *graph.find_descendants("bot.domain")}
    imported = {
        found for module in domain for found in graph.find_modules_directly_imported_by(module)
    }
    external = {name.partition(".")[0] for name in imported} - {"bot"}
    assert external <= DOMAIN_MAY_IMPORT | sys.stdlib_module_names
