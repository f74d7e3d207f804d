"""The contract: vocabulary, extracts, code sets; everything else derives from it."""
