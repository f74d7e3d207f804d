"""Linkage side by side: this project, Splink and recordlinkage on the same records, each in a process of its own."""
