"""Contents that are kept, up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from dashboard.sending import Content


class ContentCache:
    """Contents by key; when they are more than `most` bytes, those not used for longest go. One is made at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._contents: OrderedDict[Hashable, Content] = OrderedDict()
        self._lock, self._making = Lock(), Lock()

    @property
    def size(self) -> int:
        """Bytes kept, those of the compressed forms too."""
        with self._lock:
            return sum(content.size for content in self._contents.values())

    def get(self, key: Hashable, make: Callable[[], Content]) -> Content:
        """The content of a key, made if it is not there."""
        if found := self.found(key):
            return found
        with self._making:
            # Another reader may have had it made meanwhile.
            if found := self.found(key):
                return found
            made = make()
            with self._lock:
                self._contents[key] = made
            while self.size > self.most and len(self._contents) > 1:
                with self._lock:
                    self._contents.popitem(last=False)
            return made

    def found(self, key: Hashable) -> Content | None:
        """The content of a key, if it is there."""
        with self._lock:
            if key in self._contents:
                self._contents.move_to_end(key)
            return self._contents.get(key)
