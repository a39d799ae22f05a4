"""What is committed is what the sources make, and needs nobody else."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sandbox.page import routes

PAGE = routes.BUILT.parent
ROOT = PAGE.parents[1]
MOST_BYTES = 2_000_000
# Names of XML's languages; nothing is fetched there. A bare scheme is looked for in text.
NAMES = re.compile(rb"http://www\.w3\.org/[\w/]+|https?://(?![\w])")


def files() -> list[Path]:
    return sorted(routes.BUILT.iterdir())


def test_the_bundle_is_one_script_and_one_style_sheet() -> None:
    names = [path.name for path in files()]
    assert names == ["index.html", "licences.txt", "page.css", "page.js"]
    assert sum(path.stat().st_size for path in files()) < MOST_BYTES


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_file_names_an_address_outside_or_a_path_of_a_machine(path: Path) -> None:
    text = NAMES.sub(b"", path.read_bytes())
    assert re.findall(rb"https?://\S{0,40}", text) == []
    assert b"sourceMappingURL" not in text
    assert re.findall(rb"/(?:home|root|work|tmp|Users)/\S{0,40}", text) == []


def test_the_lock_names_no_registry() -> None:
    lock = (PAGE / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock


@pytest.fixture
def npm() -> None:
    if not shutil.which("node") or not (PAGE / "node_modules" / "esbuild").exists():
        pytest.skip("no Node.js, or its packages are missing (tests/install-tools page)")


@pytest.mark.usefixtures("npm")
def test_the_sources_make_this_very_bundle(tmp_path: Path) -> None:
    built = subprocess.run(
        ["node", "build.mjs", str(tmp_path)], cwd=PAGE, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    changed = [p.name for p in files() if p.read_bytes() != (tmp_path / p.name).read_bytes()]
    assert changed == [], "`make page` builds it anew"


@pytest.mark.usefixtures("npm")
def test_the_sources_have_their_types_right() -> None:
    checked = subprocess.run(
        ["node_modules/.bin/tsc", "--noEmit"], cwd=PAGE, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
