"""The evidence page: every record of an output folder with its document, its reasons and its doubts, without a server."""

from extract.outputs.page.build import Explained, write_page

__all__ = ["Explained", "write_page"]
