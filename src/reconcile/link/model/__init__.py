"""The match model: fitted, calibrated, kept as a file, measured every night."""
