#!/usr/bin/env python3
"""Checks an archive of Incident Timeline: python3 verify.py ARCHIVE --key KEY [--key KEY] [--since CHECKPOINT] [--part]

Written from the description in ledger.md, with the standard library alone; it shares no code with the service.
Exit codes: 0 nothing is wrong, 1 the record was tampered with, 2 it cannot be told.
"""
import base64, hashlib, json, re, sys


# Ed25519 verification, RFC 8032, section 5.1.7.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):  # Extended coordinates, section 5.1.4.
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def verifies(key, message, signature):
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or not a or not r or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# Notes and checkpoints, C2SP signed-note and tlog-checkpoint.
def parse_key(text):
    name, id_, rest = text.split("+", 2)
    raw = base64.b64decode(rest)
    if raw[0] != 1 or len(raw) != 33 or hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != id_:
        raise ValueError("no key of a ledger: " + text)
    return name, bytes.fromhex(id_), raw[1:]


def checkpoint(note, keys):
    """Origin, size and root of a note that one of the keys has signed."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    signed = False
    for line in signatures.splitlines():
        found = re.fullmatch("\u2014 ([^ +]+) ([A-Za-z0-9+/]+=*)", line)
        raw = base64.b64decode(found[2]) if found else b""
        for name, id_, key in keys:
            if found and found[1] == name and raw[:4] == id_:
                if not verifies(key, text.encode(), raw[4:]):
                    return None
                signed = True
    origin, size, root = text.split("\n")[:3] if text.count("\n") >= 3 else ("", "x", "")
    return (origin, int(size), base64.b64decode(root)) if signed and re.fullmatch("0|[1-9][0-9]*", size) else None


class Wrong(Exception):
    pass


def seals(node):
    """The path and the commitment of each value that is sealed in a payload."""
    if isinstance(node, dict):
        if node.keys() == {"c", "sealed"}:
            yield node["sealed"], node["c"]
        for child in node.values():
            yield from seals(child)
    elif isinstance(node, list):
        for child in node:
            yield from seals(child)


def sha(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def root(subtrees):
    if not subtrees:
        return sha()
    result = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        result = sha(b"\x01", left, result)
    return result


def check(lines, keys, since, part):
    header = json.loads(next(lines))
    if header.get("archive") != 1:
        raise ValueError("no archive of form 1")
    origin, subtrees, size, signed, checkpoints, time, newest, ended = header["origin"], [], 0, 0, 0, "", {}, False
    alone, missing, redacted = 0, {}, 0
    if all(name != origin for name, _, _ in keys):
        raise Wrong("replaced", size, "the ledger is " + origin)
    for text in lines:
        try:
            line = json.loads(text)
        except ValueError:
            raise Wrong("edited-record", size, "a line is not JSON")
        if ended:
            raise Wrong("inserted", size, "something follows the end")
        if "envelope" in line:
            record = json.loads(line["envelope"])
            if record["index"] != size:
                later = any('\\"index\\":%d,' % size in rest for rest in lines if rest.startswith('{"envelope"'))
                kind = "inserted" if record["index"] < size else "reordered" if later else "deleted"
                raise Wrong(kind, size, "an event has index %d" % record["index"])
            if sha(line["payload"].encode()).hex() != record["payloadHash"]:
                raise Wrong("edited-payload", size, "the payload is another one")
            if sha(line["metadata"].encode()).hex() != record["metadataHash"]:
                raise Wrong("edited-metadata", size, "the metadata is another one")
            if record["recordedAt"] < time:
                raise Wrong("backdated", size, "the event before is of " + time)
            leaf = sha(b"\x00", line["envelope"].encode())
            if leaf.hex() != line["leaf"] or record["v"] != 1:
                raise Wrong("edited-record", size, "the leaf is of another envelope")
            if record["origin"] != origin:
                raise Wrong("inserted", size, "the event is of another ledger")
            before = newest.get(record["streamId"], (-1, bytes(32)))
            if record["sequence"] != before[0] + 1:
                raise Wrong("deleted" if record["sequence"] > before[0] else "inserted", size, "its incident has a gap")
            if record["previous"] != before[1].hex():
                raise Wrong("replaced", size, "the event before it in its incident is another one")
            payload, values = json.loads(line["payload"]), dict(line.get("values", {}))
            for path, commitment in seals(payload):
                if path not in values:
                    missing[record["streamId"], record["sequence"], path, commitment] = size
                    continue
                value = values.pop(path)
                text = json.dumps(value["value"], ensure_ascii=False)
                if sha(b"\x02", bytes.fromhex(value["salt"]), text.encode()).hex() != commitment:
                    raise Wrong("edited-payload", size, "the value at %s does not fit its commitment" % path)
            if values:
                raise Wrong("edited-payload", size, "a value stands where nothing is sealed")
            if record["name"] == "incident.entry-redacted":
                for field in payload["fields"]:
                    place = record["streamId"], payload["entry"] - 1, field["path"], field["commitment"]
                    redacted += missing.pop(place, None) is not None
            newest[record["streamId"]], time = (record["sequence"], leaf), record["recordedAt"]
        elif "leaf" in line:
            if not part:
                raise Wrong("deleted", size, "only the leaf of the event is there")
            leaf, alone = bytes.fromhex(line["leaf"]), alone + 1
        if "leaf" in line:
            rest = size
            while rest & 1:
                leaf, rest = sha(b"\x01", subtrees.pop(), leaf), rest >> 1
            subtrees.append(leaf)
            size += 1
            if since and since[1] == size and since[2] != root(subtrees):
                raise Wrong("replaced", size, "the record does not continue the earlier checkpoint")
        elif "checkpoint" in line:
            found = checkpoint(line["checkpoint"], keys)
            if not found or found[0] != origin:
                raise Wrong("forged", size, "a checkpoint is not signed by a key given")
            if found[1] != size:
                raise Wrong("deleted" if found[1] > size else "reordered", size, "a checkpoint is of %d" % found[1])
            if found[2] != root(subtrees):
                raise Wrong("replaced", size, "the events from %d on are not those that were signed" % signed)
            signed, checkpoints = size, checkpoints + 1
        elif "end" in line:
            ended = True
            if line["end"] != {"events": size, "checkpoints": checkpoints}:
                raise Wrong("deleted", size, "the end counts other numbers")
        else:
            raise Wrong("inserted", size, "a line is none of an archive")
    if not ended:
        raise Wrong("truncated", size, "the archive has no end")
    if since and since[1] > size:
        raise Wrong("truncated", size, "the earlier checkpoint has %d events" % since[1])
    for place, index in missing.items():
        raise Wrong("edited-payload", index, "the value at %s is missing, and no redaction names it" % place[2])
    if not checkpoints:
        raise ValueError("nothing in the archive is signed")
    shown = ", %d events shown" % (size - alone) if alone else ""
    taken = ", redacted: %d" % redacted if redacted else ""
    return "%d events, %d checkpoints, %d events signed%s%s" % (size, checkpoints, signed, shown, taken)


def main(arguments):
    part = "--part" in arguments
    arguments = [argument for argument in arguments if argument != "--part"]
    archive, keys, since = arguments[0], [], None
    for name, value in zip(arguments[1::2], arguments[2::2]):
        if name == "--key":
            keys.append(parse_key(value))
        elif name == "--since":
            since = value
        else:
            raise ValueError("unknown: " + name)
    if since:
        with open(since, encoding="utf-8") as file:
            since = checkpoint(file.read(), keys)
        if not since:
            raise ValueError("no checkpoint that a key given has signed")
    with open(archive, encoding="utf-8", newline="\n") as lines:
        return check(iter(lines), keys, since, part)


if __name__ == "__main__":
    try:
        print("sound: " + main(sys.argv[1:]))
    except Wrong as wrong:
        print("tampered: %s at event %d: %s" % wrong.args)
        sys.exit(1)
    except Exception as e:
        print("cannot tell: %s" % e)
        sys.exit(2)
