"""The night, the taking in of answers and retraining as Prefect flows; importing any of them prepares how Prefect behaves here."""

from flows import environment

environment.prepare()
