"""Tell: what a person needs to answer a finding, and who is asked.

``evidence`` puts the records side by side · ``reasons`` says in a sentence what was found · ``routing`` names station, agency,
priority and day · ``keep`` suggests a registration to keep · ``news`` says why something settled is asked again.
"""
