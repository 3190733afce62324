"""A line to a database server that can be cut, or hang."""

import select
import socket
import threading
from contextlib import suppress


class Line:
    """Passes bytes on between a client and a server, as long as it is told to."""

    def __init__(self, server: tuple[str, int]) -> None:
        """Listen for clients of the server."""
        self.server = server
        self.flows = threading.Event()
        self.flows.set()
        self.is_cut = False
        self.ends: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def hang(self) -> None:
        """Take what is sent and give nothing back."""
        self.flows.clear()

    def cut(self) -> None:
        """End all connections, and take no new ones."""
        self.is_cut = True
        for end in list(self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let everything through again."""
        self.is_cut = False
        self.flows.set()

    def close(self) -> None:
        """Take no more clients."""
        self.mend()
        self.listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.listener.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        self.flows.wait()
        if self.is_cut:
            client.close()
            return
        with client, socket.create_connection(self.server) as server, suppress(OSError):
            ends = {client: server, server: client}
            self.ends |= set(ends)
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    sent = end.recv(65536)
                    self.flows.wait()
                    if not sent:
                        return
                    ends[end].sendall(sent)
