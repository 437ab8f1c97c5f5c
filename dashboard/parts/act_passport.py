"""Shows the passports of treaty acts and of laws on pages that are Streamlit scripts."""

from dashboard.parts.passport import shown
from dashboard.subjects.passports import acts

act = shown(acts.act)
law = shown(acts.law)
