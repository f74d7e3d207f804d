"""Pairs of records: proposed, compared, counted by pattern, decided, kept."""
