"""Kernels other than the server's own: another ipykernel, another Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = Path(__file__).parents[2] / ".venv-3.9" / "bin" / "python"


class Kernels:
    """Writes kernelspecs where a running server finds them; each method returns the kernel's name."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "kernels"

    def python(self, name: str, python: Path | str, **environment: str) -> str:
        """The ipykernel of another interpreter, or of this one with another environment."""
        spec = {
            "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": name,
            "language": "python",
            "env": environment,
        }
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "kernel.json").write_text(json.dumps(spec))
        return name

    def ipykernel(self, version: str) -> str:
        """This environment with another ipykernel in front; downloaded once."""
        packages = Path(sys.prefix) / f"ipykernel-{version}"
        if not (packages / "ipykernel").exists():
            # nest-asyncio is what ipykernel 6 wants and 7 does not; all else they share.
            wanted = [f"ipykernel=={version}", "nest-asyncio"]
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
            subprocess.run([*pip, "--target", str(packages), *wanted], check=True)
        return self.python(f"ipykernel-{version}", sys.executable, PYTHONPATH=str(packages))

    def oldest(self) -> str | None:
        """Python 3.9 with distributed 2021.10.0 and ipykernel 6, where ``make test`` has found a Python 3.9."""
        if not OLDEST_PYTHON.exists():
            return None
        return self.python("oldest", OLDEST_PYTHON)
