"""Verifies a compact JWS with a JOSE library that is not ours: verify_jws.py JWK_FILE JWS_FILE, payload on stdout."""

import sys

from jwcrypto import jwk, jws

key = jwk.JWK.from_json(open(sys.argv[1], encoding="utf-8").read())
token = jws.JWS()
token.allowed_algs = ["ES256"]
token.deserialize(open(sys.argv[2], encoding="utf-8").read().strip())
token.verify(key)
sys.stdout.write(token.payload.decode("utf-8"))
