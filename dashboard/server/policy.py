"""The content security policy: what a document may run and load. Everything comes from this server.

No script stands in a document itself, and no text is run as code. Styles do: those of the drawings of a page, and of
Plotly, which draws the figures of the show.
"""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
