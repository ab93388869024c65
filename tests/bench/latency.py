"""From a task's transition on the scheduler to the frame that shows it, in JupyterLab, while a cell blocks."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from figures import Figure, median
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser import chromium
from browser.lab import Lab, write_notebook
from browser.server import running

SAMPLES = 40
CLUSTER = """
import json, random, time
import distributed, tgwidget
from distributed import Client, LocalCluster
from distributed.diagnostics.plugin import SchedulerPlugin

class Clock(SchedulerPlugin):
    times = []
    def transition(self, key, start, finish, *args, **kwargs):
        if finish == "memory":
            self.times.append(time.time())

cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")
cluster.scheduler.add_plugin(Clock())
client = Client(cluster)
w = tgwidget.TaskGroupWidget(client)
w
"""
WORK = f"""
held = []
for number in range({SAMPLES}):
    time.sleep(random.uniform(0.2, 0.8))
    held.append(client.submit(time.sleep, random.uniform(0, 0.6), pure=False))
    held[-1].result()
time.sleep(1)
"""
WATCH = """
() => {
  window.shownAt = {};
  const done = document.querySelector(".tgw-root .tgw-line b");
  new MutationObserver(() => {
    const count = Number(done.textContent.split("/")[0]);
    requestAnimationFrame(() => { window.shownAt[count] ??= Date.now() / 1000; });
  }).observe(done, { characterData: true, childList: true, subtree: true });
}
"""


def latencies() -> list[float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.system_chromium(), args=list(chromium.ARGUMENTS)
        )
        lab = Lab(browser.new_page(), server, write_notebook(server.root, []))
        lab.run(CLUSTER)
        lab.page.wait_for_selector(".tgw-root")
        lab.page.evaluate(WATCH)
        lab.run(WORK, timeout=120)
        changed = eval(eval(lab.run("json.dumps(Clock.times)")[-1]["data"]["text/plain"]))
        shown = lab.page.evaluate("window.shownAt")
        server.end_kernels()
        browser.close()
    return [shown[str(count)] - at for count, at in enumerate(changed, 1) if str(count) in shown]


def figures() -> list[Figure]:
    milliseconds = sorted(1e3 * latency for latency in latencies())
    return [
        Figure(f"scheduler to pixel, {len(milliseconds)} changes, median", "ms", median(milliseconds), 250),
        Figure("  of these the 95th percentile", "ms", milliseconds[int(0.95 * len(milliseconds))]),
    ]
