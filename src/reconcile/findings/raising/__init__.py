"""Raise: which problems the records of tonight show, each under the number it keeps.

``rules`` finds the rule files · ``problems`` runs and numbers them · ``precedence`` leaves one of two that describe one fact ·
``lineage`` leads groups that grew or shrank back to the number they had.
"""
