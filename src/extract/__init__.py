"""Facts out of documents, each with proof of where it stands.

from extract import Pipeline

pipeline = Pipeline()
for record in pipeline.extract("reports/").records():
    print(record.label, record.text, record.value, record.source.document, record.source.line)
"""

from importlib.metadata import version

__version__ = version("extract")

from extract.pipeline import Pipeline, Settings
from extract.sources import read_string

__all__ = ["Pipeline", "Settings", "__version__", "read_string"]
