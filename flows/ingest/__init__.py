"""Reading what people hand over: files, folders, JSON lines, WARC files, addresses."""

from flows.ingest.documents import to_documents
from flows.ingest.inputs import read_inputs
from flows.ingest.records import Record, record_of_page

__all__ = ["Record", "read_inputs", "record_of_page", "to_documents"]
