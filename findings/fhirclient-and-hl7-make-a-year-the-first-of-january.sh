#!/usr/bin/env bash
# fhirclient 4.4.0 (FHIR R4) and hl7 0.4.5 (HL7 version 2), held against fhir.resources 8.3.0; Python 3.11.
# Both standards of health care have dates of less than a day, for the person whose day of birth or death nobody knows: 1974, or 1974-08. They are valid, and say that no more
# is known. One would expect a client to keep the precision, or to have no date. fhirclient gives birthDate.date as 1 January 1974, and isostring, by its name the text,
# as 1974-01-01; what came is in origval and as_json() only. parse_datetime of hl7 gives midnight of 1 January too, a year and a full date cannot be told apart afterwards.
# fhir.resources keeps the text "1974".
# Hurts: whoever compares a register with them. Who died in "2026" has died before everything that he did in 2026; all of unknown birthday have one, and are likened to each other and
# to those who were truly born that day.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhirclient==4.4.0 hl7==0.4.5 fhir.resources==8.3.0
cat >days.py <<'PY'
import sys
from importlib.metadata import version

import hl7
from fhir.resources.patient import Patient as Kept
from fhirclient.models.patient import Patient

print(*(f"{name} {version(name)}" for name in ("fhirclient", "hl7", "fhir.resources")))
seen = []
for text in ("1974", "1974-08", "1974-08-15"):
    given = {"resourceType": "Patient", "birthDate": text, "deceasedDateTime": "2026"}
    read, kept = Patient(given), Kept.model_validate(given)
    moment = hl7.parse_datetime(text.replace("-", ""))
    seen.append((str(read.birthDate.date), read.birthDate.isostring, str(moment), str(kept.birthDate)))
    print(f"{text:10} fhirclient {read.birthDate.date}, isostring {read.birthDate.isostring}, as_json {read.as_json()['birthDate']}; hl7 {moment}; fhir.resources {kept.birthDate}")
    print(f"{'':10} died 2026: fhirclient {read.deceasedDateTime.date}, fhir.resources {kept.deceasedDateTime}")
first = ("1974-01-01", "1974-01-01", "1974-01-01 00:00:00", "1974")
second = ("1974-08-01", "1974-08-01", "1974-08-01 00:00:00", "1974-08")
sys.exit(0 if seen[:2] == [first, second] and str(read.deceasedDateTime.date)[:10] == "2026-01-01" else 1)
PY
venv/bin/python days.py && echo "seen: a year is the first of January" || { echo "changed"; exit 1; }
