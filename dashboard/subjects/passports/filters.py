"""The row or mark whose passport is open, without the values of the other filters of the page."""

from dashboard.store import areas
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare.filters import COMPARED
from dashboard.subjects.coverage.filters import INDICATOR
from dashboard.subjects.derived import GROUP
from dashboard.subjects.explore.filters import INDICATORS
from dashboard.subjects.passports import query
from dashboard.subjects.routes.filters import EVIDENCE
from dashboard.subjects.states import query as states_query
from dashboard.views.filters import Form
from data import manifest


def _rates() -> list[str]:
    return [states_query.measured(code, "rate") for code in manifest.counts()]


_ARROW = r"[A-Z]{3}\.[A-Z]{3}\.(direct|to_transit|from_transit)\.([A-Z]{3})?"
_CELL = r"[ -~]{1,300}"
_YEAR = r"\.(19|20)\d\d(\.[a-z]+\.[a-z\d+-]+\.[a-z_]+)?"
# An arrow; the page of a state has arrows of both kinds of evidence.
ARROW = Form("arrow", _ARROW, query.ARROW_KEY)
ARROWS_OF = {evidence: Form(f"{evidence}_arrow", _ARROW, query.ARROW_KEY) for evidence in EVIDENCE.options}
# A record that no map can place, by its cell; it represents all records with equal labels.
UNLOCATED_RECORDS = {evidence: Form(f"{evidence}_lost", _CELL, ("locator",)) for evidence in EVIDENCE.options}
CITIZENSHIPS = Form("listed", r"[A-Z]{3}\.\d{4}", ("area", "year"))
ROLE = Form("role", r"[A-Z]{3}\.[a-z]+\.[a-z_]+", query.ROLE_KEY)
# One figure of the region; then of a state: all figures of an indicator, and one figure.
STATE = Form("of", lambda: "|".join(areas()), ("area",))
FIGURES = Form("figures", lambda: "|".join(INDICATOR.options), ("indicator",))
FIGURE = Form(
    "figure", lambda: f"({'|'.join((*INDICATOR.options, *manifest.registers(), *_rates()))}){_YEAR}", query.IN_STATE
)
# Of an indicator: all figures of a state, all changes of one kind, and one figure.
CELLS = Form("cells", STATE.shape, ("area",))
CHANGES = Form("changed", lambda: rf"({STATE.pattern})\.[a-z]+", ("area", "kind"))
CELL = Form("cell", lambda: f"({STATE.pattern}){_YEAR}", query.OF_INDICATOR)
# A figure that is in two databases; a questioned flow.
DIFFERENCE = Form("differing", CELL.shape, query.OF_INDICATOR)
RECORD = Form("record", _CELL, ("locator",))
# One figure of any indicator.
ROW = Form("row", lambda: rf"({STATE.pattern}|{GROUP})\.({'|'.join(INDICATORS.options)}){_YEAR}", query.IN_ANY)
# The figures of both parties for an indicator and a year.
PAIR = Form("pair", lambda: rf"({'|'.join((*COMPARED.options, *_rates()))})\.(19|20)\d\d", ("indicator", "year"))
# The acts of a state on a treaty; one act, or all acts of a state on a treaty; the law of a state.
TREATY_ACTS = Form("bound", lambda: rf"({STATE.pattern})\.[a-z_]+", ("area", "instrument"))
ACT = Form("act", lambda: rf"{TREATY_ACTS.pattern}(\.[a-z]*)?", query.ACT_KEY)
LAW = Form("law", STATE.shape, ("area",))
# The population group of the surveys of two states.
SURVEY_GROUP = Form("whom", r"[a-z]+\.[a-z\d+-]+", compare_query.GROUP)
