"""A plausible prefecture of any size with planted faults: extracts as messy as real ones, and what is true about them."""

from reconcile.sample.prefecture import AS_OF, SMALLEST, WorldName, make, write

__all__ = ["AS_OF", "SMALLEST", "WorldName", "make", "write"]
