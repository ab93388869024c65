"""The command line: ``tgwidget demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tgwidget import __version__
from tgwidget import demo as demonstration


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tgwidget")
def main() -> None:
    """See what a Dask computation is doing."""


@main.command()
@click.option("--headless", is_flag=True, help="No browser: run it here, progress as text.")
@click.option("--browser/--no-browser", default=True, help="Whether JupyterLab opens a browser.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Directory for the notebook's copy, or for the final table (demo.html).",
)
def demo(headless: bool, browser: bool, output: Path) -> None:
    """Run a minute of varied computations on a LocalCluster and show it live."""
    try:
        if headless:
            demonstration.run_headless(output / "demo.html", click.echo)
        else:
            sys.exit(demonstration.open_in_lab(output, browser=browser))
    except demonstration.DemoError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
