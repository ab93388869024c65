"""What a user installs: built from what a clean clone would hold, with the front end inside."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLE = "tgwidget/static/widget.js"
XML_NAMESPACES = "http://www.w3.org/"

pytestmark = pytest.mark.toolchain


@pytest.fixture(scope="module")
def clean_clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git has or would add, without anything that was built or downloaded."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    clone = tmp_path_factory.mktemp("clone")
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    return clone


@pytest.fixture(scope="module")
def wheel(clean_clone: Path) -> Path:
    """What ``pip install .`` builds on its way: with Node, in an environment of its own."""
    pip("wheel", "--no-deps", "--wheel-dir", str(clean_clone / "dist"), str(clean_clone))
    (wheel,) = (clean_clone / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def bundle(wheel: Path) -> str:
    return zipfile.ZipFile(wheel).read(BUNDLE).decode()


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.timeout(300)
def test_the_wheel_of_a_clean_clone_holds_the_front_end(bundle):
    assert len(bundle) > 1000
    assert re.search(r"\bexport\s*\{", bundle)


def test_the_front_end_loads_nothing_from_anywhere(bundle):
    addresses = re.findall(r"(?:https?|wss?)://[^\s\"'`)]+", bundle)
    assert [address for address in addresses if not address.startswith(XML_NAMESPACES)] == []
    assert re.findall(r"(?:^|[;}\n])\s*import\s*[\"'{*(\w].{0,40}", bundle) == []


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"tgwidget"}
    assert "tgwidget/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_installed_wheel_imports_and_answers_on_the_command_line(wheel, tmp_path):
    site = tmp_path / "site"
    pip("install", "--no-deps", "--target", str(site), str(wheel))
    import_it = "import sys; sys.path.insert(0, sys.argv[1]); import tgwidget; print(tgwidget.__file__)"
    command = [sys.executable, "-c", import_it, str(site)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(result.stdout.strip()).parent == site / "tgwidget"
    environment = {"PYTHONPATH": str(site), "PATH": ""}
    script = [sys.executable, str(site / "bin" / "tgwidget"), "--help"]
    result = subprocess.run(script, env=environment, capture_output=True, text=True, check=True)
    assert "demo" in result.stdout


def test_python_and_javascript_have_the_same_version_and_the_changelog_knows_it(metadata):
    version = metadata["Version"]
    assert json.loads((ROOT / "js" / "package.json").read_text())["version"] == version
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_the_lock_file_names_no_registry():
    packages = json.loads((ROOT / "js" / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_lock_file_holds_every_package_for_every_platform():
    packages = json.loads((ROOT / "js" / "package-lock.json").read_text())["packages"]
    optional = {name for package in packages.values() for name in package.get("optionalDependencies", ())}
    locked = {name.rpartition("node_modules/")[2] for name in packages}
    assert optional - locked == set()
