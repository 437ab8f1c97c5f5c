"""Our files are compressed before anyone asks for them."""

from threading import Event

from dashboard import sending, static
from dashboard.server import packing


def test_every_file_is_compressed_once_in_each_encoding(monkeypatch):
    packed = []
    monkeypatch.setattr(sending.Content, "packed", lambda content, how: packed.append((content.version, how)))
    packing.pack()
    # The ground of the maps, too.
    assert len(packed) == len(set(packed)) == (len(static.FILES) + 1) * len(sending.ENCODINGS)
    for name in static.FILES:
        assert all((static.file(name).version, how) in packed for how in sending.ENCODINGS)


def test_it_ends_when_the_server_stops(monkeypatch):
    stop, packed = Event(), []
    stop.set()
    monkeypatch.setattr(sending.Content, "packed", lambda _content, how: packed.append(how))
    packing.pack(stop)
    assert packed == []
