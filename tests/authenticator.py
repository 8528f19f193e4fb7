"""A passkey in software: what a browser and a device would answer, true or wrong in one thing."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def written(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One device with one passkey, and the browser at `origin` that it is asked by."""

    origin: str = "http://localhost:8000"
    rp_id: str = ""  # of what is asked, where nothing else is said
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    spoil: bool = False  # flip a bit of each signature
    handle: str | None = None
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def make(self, options: str | dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        asked = json.loads(options) if isinstance(options, str) else options
        self.handle = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=self._client("webauthn.create", asked["challenge"]), attestationObject=statement)

    def use(self, options: str | dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        asked = json.loads(options) if isinstance(options, str) else options
        self.count += self.counts
        client = self._client("webauthn.get", asked["challenge"])
        data = self._data(asked["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        if self.spoil:
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
        handle = {} if self.handle is None else {"userHandle": read(self.handle)}
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature, **handle)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, rp_id: str, more: int) -> bytes:
        name = hashlib.sha256((self.rp_id or rp_id).encode()).digest()
        return name + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        named = {name: written(value) for name, value in response.items()}
        whole = {"id": written(self.credential), "rawId": written(self.credential), "type": "public-key", "response": named}
        return json.dumps(whole)
