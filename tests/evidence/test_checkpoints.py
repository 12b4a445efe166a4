"""Signatures and the text of checkpoints, by both algorithms."""

from __future__ import annotations

import base64

import gmalg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shutan.evidence.checkpoint import CheckpointError, parse
from shutan.evidence.keys import Ed25519Signer, KeyFormatError, PublicKey, Sm2Signer

SIGNERS = pytest.mark.parametrize("kind", [Ed25519Signer, Sm2Signer])


@SIGNERS
def test_a_signature_holds_for_its_message_and_key_alone(kind):
    signer, other = kind.new("a.example/log"), kind.new("a.example/log")
    made = signer.sign(b"message")
    assert signer.public.holds(b"message", made)
    assert not signer.public.holds(b"another", made)
    assert not other.public.holds(b"message", made)
    assert not signer.public.holds(b"message", made[:-1])
    assert not signer.public.holds(b"message", b"")
    assert not signer.public.holds(b"message", bytes([made[0] ^ 1]) + made[1:])


def test_ed25519_is_rfc_8032_s():
    """Section 7.1, test 1."""
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    signer = Ed25519Signer("a", secret)
    assert signer.public.data.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert (
        signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555")
    )
    Ed25519PrivateKey.from_private_bytes(secret).public_key().verify(signer.sign(b"x"), b"x")


def test_sm2_verifies_the_standard_s_example():
    """GB/T 32918.5-2017, annex A.2: the message digest with the default user id."""
    public = bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    secret = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    assert gmalg.SM2().generate_pk(secret) == public
    signer = Sm2Signer("a", secret, public)
    assert signer.public.holds(b"message digest", signer.sign(b"message digest"))
    signature = bytes.fromhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )
    assert signer.public.holds(b"message digest", signature)


@SIGNERS
def test_a_key_reads_back_from_its_line(kind):
    key = kind.new("a.example/log").public
    assert PublicKey.parse(str(key)) == key
    assert PublicKey.parse(f"  {key}\n").identity == key.identity


def test_lines_that_are_no_keys():
    key = Ed25519Signer.new("a.example/log").public
    name, identity, data = str(key).split("+", 2)
    turned = "0" if identity[0] != "0" else "1"
    for line in (
        "",
        "a",
        "a+b",
        "a+b+!!",
        f"+{identity}+{data}",
        f"{name}+{identity}+{base64.b64encode(b'x').decode()}",
    ):
        with pytest.raises(KeyFormatError, match="no key"):
            PublicKey.parse(line)
    with pytest.raises(KeyFormatError, match="does not belong"):
        PublicKey.parse(f"{name}+{turned}{identity[1:]}+{data}")
    with pytest.raises(KeyFormatError, match="does not belong"):
        PublicKey.parse(f"other+{identity}+{data}")


def test_the_text_reads_back_and_shows_what_is_signed(log):
    made = log.checkpoints[-1]
    text = str(made)
    assert text.startswith("test.example/log\n12\n")
    assert "\nsm3 " in text
    assert "\ntime 2026-03-01T10:00:00.000000+00:00\n" in text
    assert parse(text) == made
    assert parse(text).check([log.signer.public]) == [log.signer.public]


def test_two_signatures_and_a_stranger_s(log):
    sm2, stranger = Sm2Signer.new("test.example/sm2"), Ed25519Signer.new("stranger")
    made = parse(str(log.checkpoints[-1].signed(sm2).signed(stranger)))
    assert made.check([log.signer.public, sm2.public]) == [log.signer.public, sm2.public]
    assert made.check([sm2.public]) == [sm2.public]
    with pytest.raises(CheckpointError, match="no known key"):
        made.check([Ed25519Signer.new("test.example/log").public])


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (0, "other.example/log"),
        (1, "13"),
        (2, "A" * 43 + "="),
        (3, "sm3 " + "A" * 43 + "="),
        (4, "time 2026-03-02T10:00:00.000000+00:00"),
    ],
)
def test_every_changed_line_breaks_the_signature(log, line, other):
    lines = str(log.checkpoints[-1]).split("\n")
    lines[line] = other
    made = parse("\n".join(lines))
    with pytest.raises(CheckpointError, match="does not hold"):
        made.check([log.signer.public])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text.partition("\n\n")[0],
        lambda text: text.replace("\n12\n", "\n-1\n"),
        lambda text: text.replace("\n12\n", "\n012\n"),
        lambda text: text.replace("\n12\n", "\n١٢\n"),
        lambda text: text.replace("time ", "time 1"),
        lambda text: text.replace("sm3 ", "md5 "),
        lambda text: text.replace("+00:00", ""),
        lambda text: text.replace("\u2014 ", "- "),
        lambda text: text + "more",
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_other_texts_are_no_checkpoints(log, change):
    with pytest.raises(CheckpointError, match="no checkpoint"):
        parse(change(str(log.checkpoints[-1])))
