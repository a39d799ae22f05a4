"""What `pip install .` brings is whole: every file of the packages, and a command that works."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUILDS_THE_PAGE = (
    ".npmrc",
    "build.mjs",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
)
PACKAGES = ("bot", "handlers", "jobs", "migrations", "sandbox")


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def files(tree: Path) -> set[str]:
    """All but what the sandbox's page is built of: what runs is `built/`."""
    found = (path for package in PACKAGES for path in (tree / package).rglob("*"))
    page = tree / "sandbox" / "page"
    sources = {page / name for name in BUILDS_THE_PAGE} | set((page / "src").rglob("*"))
    return {str(path.relative_to(tree)) for path in found if path.is_file() and path not in sources}


@pytest.fixture(scope="module")
def clean_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's sources without anything built."""
    tree = tmp_path_factory.mktemp("package") / "tree"
    for package in PACKAGES:
        ignore = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / package, tree / package, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    return tree


@pytest.fixture(scope="module")
def wheel(clean_tree: Path) -> Path:
    out = clean_tree.parent / "wheel"
    built = run("-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=clean_tree)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = out.glob("*.whl")
    return wheel


def test_every_file_of_the_packages_travels(clean_tree: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert files(clean_tree) <= set(archive.namelist())


def test_types_travel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert "bot/py.typed" in archive.namelist()


def test_the_installed_command_finds_its_migrations(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site)
    assert run(*pip, wheel, cwd=tmp_path).returncode == 0
    database = f"sqlite:///{tmp_path / 'new.db'}"
    migrated = run(
        site / "bin" / "pacesetter",
        "migrate",
        cwd=tmp_path,
        PYTHONPATH=str(site),
        DATABASE_URL=database,
    )
    assert migrated.returncode == 0, migrated.stderr
    assert (tmp_path / "new.db").stat().st_size > 0
