"""Placeholder while the audit is written."""

from extract.records.record import AuditLine, Record


def audit_document(records: list[Record]) -> list[AuditLine]:
    return []
