"""Verifies an evidence package with programs that are not ours: verify_package.py PACKAGE JWKS_FILE.

Python's zipfile opens it, jwcrypto checks each signature, hashlib each hash, and the proof of the log is followed as
RFC 9162, 2.1.3.2, is written. The server's keys come from outside. Prints what it found, as JSON.
"""

import hashlib
import json
import sys
import zipfile

from jwcrypto import jwk, jws


def payload(text, key, typ):
    token = jws.JWS()
    token.allowed_algs = ["ES256"]
    token.deserialize(text)
    token.verify(key)
    assert json.loads(token.objects["protected"])["typ"] == typ, typ
    return json.loads(token.payload)


def kid_of(text):
    token = jws.JWS()
    token.deserialize(text)
    return token.jose_header["kid"]


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def leads_to(leaf, index, size, path):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return None
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = hashlib.sha256(b"\x01" + p + r).digest()
            if not fn & 1:
                while fn and not fn & 1:
                    fn, sn = fn >> 1, sn >> 1
        else:
            r = hashlib.sha256(b"\x01" + r + p).digest()
        fn, sn = fn >> 1, sn >> 1
    return r if sn == 0 else None


def raw(digest):
    return bytes.fromhex(digest.removeprefix("sha256:"))


package = zipfile.ZipFile(sys.argv[1])
assert package.testzip() is None
files = {name: package.read(name) for name in package.namelist()}
published = jwk.JWKSet.from_json(open(sys.argv[2], encoding="utf-8").read())


def server_says(name, typ):
    text = files[name].decode("ascii")
    return payload(text, published.get_key(kid_of(text)), typ)


found = {"entries": [], "photos": 0, "proofs": 0}
contents = server_says("contents.jws", "xunan-package+jws")
for name in sorted(files):
    folder, _, rest = name.partition("/")
    if folder in ("photos", "rules"):
        assert rest.split(".")[0] == hashlib.sha256(files[name]).hexdigest(), name
        found["photos"] += folder == "photos"
    if folder != "entries":
        continue
    id = rest.removesuffix(".jws")
    text = files[name].decode("ascii")
    device = server_says(f"devices/{kid_of(text)}.jws", "xunan-device+jws")
    entry = payload(text, jwk.JWK(**device["key"]), "xunan-entry+jws")
    receipt = server_says(f"receipts/{id}.jws", "xunan-receipt+jws")
    assert entry["id"] == receipt["entry"] == id
    assert entry["device"] == device["device"] == receipt["device"]
    assert receipt["hash"] == sha256(files[name]) == contents["entries"].pop(id)
    assert device["enrolled"] <= receipt["received"] and "revoked" not in device
    for photo in entry.get("photos", []):
        data = files[f"photos/{photo['digest'].removeprefix('sha256:')}.jpg"]
        assert len(data) == photo["size_bytes"] and photo["digest"] in receipt["photos"]
    proof = json.loads(files[f"proofs/{id}.json"])
    root = server_says(f"roots/{proof['size']}.jws", "xunan-root+jws")
    leaf = hashlib.sha256(b"\x00" + files[f"receipts/{id}.jws"]).digest()
    path = [raw(digest) for digest in proof["path"]]
    assert proof["position"] == receipt["position"]
    assert leads_to(leaf, proof["position"] - 1, root["size"], path) == raw(root["root"]), id
    found["proofs"] += 1
    found["entries"].append(id)
assert contents["entries"] == {}, "entries are missing"
json.dump(found, sys.stdout)
