"""See what your Dask computation is doing: its task groups as a live graph in the notebook."""

from importlib.metadata import version as _version

from tgwidget.widget import TaskGroupWidget

__version__ = _version("tgwidget")
__all__ = ["TaskGroupWidget", "__version__"]
