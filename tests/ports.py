"""Ports for servers that tests start."""

import socket


def free_port() -> int:
    """A port of 127.0.0.1 that a server may listen on, and that for a minute the kernel gives nobody else who asks for one.

    A connection to it has just been ended by the side that listened, and such an end is remembered.
    """
    with socket.create_server(("127.0.0.1", 0)) as found:
        with socket.create_connection(found.getsockname()) as near:
            found.accept()[0].close()
            near.recv(1)
        return found.getsockname()[1]
