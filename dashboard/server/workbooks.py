"""Workbooks to fill in for national reports: `/workbook.xlsx?for=report.CRI&from=2018&to=2020&lang=es`."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import turns
from dashboard.export import report_workbooks
from dashboard.server.addresses import reader
from data.report.order import OrderError


def routes() -> list[Route]:
    """The route of all workbooks."""
    return [Route(report_workbooks.ROOT, _answer)]


async def _answer(request: Request) -> Response:
    try:
        order = report_workbooks.ordered(request.query_params)
    except OrderError:
        # Nothing of the address is repeated.
        sentence = reader(request.scope).text("There is no such file: its address has a part that does not exist.")
        return PlainTextResponse(f"{sentence}\n", 404, {"Cache-Control": "no-store"})
    async with turns.FILES.awaited(turns.client(request.scope)):
        filled = request.query_params.get(report_workbooks.FILLED) == "1"
        content = await run_in_threadpool(report_workbooks.content, order, filled=filled)
    disposition = f'attachment; filename="{report_workbooks.file_name(order)}"'
    return Response(content, 200, {"Content-Disposition": disposition}, report_workbooks.MEDIA)
