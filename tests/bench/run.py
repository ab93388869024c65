"""All benchmarks, or those that are named: ``python tests/bench/run.py scheduler_tick kernel_mirror``."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

BENCHMARKS = ("scheduler_tick", "scheduler_share", "kernel_mirror", "latency", "drilldown")


def main(names: list[str]) -> None:
    from figures import show

    for name in names or BENCHMARKS:
        if name not in BENCHMARKS:
            sys.exit(f"no benchmark is called {name!r}; there are {', '.join(BENCHMARKS)}")
        print(f"\n{name}")
        show(importlib.import_module(name).figures())


if __name__ == "__main__":
    main(sys.argv[1:])
