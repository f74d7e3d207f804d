"""Settle: what becomes of every finding, known or raised tonight. The SQL of this floor is ``sql/life/``.

``renewal`` writes what tonight's findings show · ``statuses`` gives each finding its status and writes its history.
"""
