"""What a night amounted to, in counts: nothing here names a person."""
