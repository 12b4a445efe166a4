"""The tree against RFC 9162's own recursive definition, against pymerkle's roots, and against every kind of tampering."""

from __future__ import annotations

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shutan.evidence.tree import (
    ALGORITHMS,
    Head,
    ProofError,
    check_consistency,
    check_inclusion,
    consistency,
    empty_root,
    grown,
    inclusion,
    leaf_hash,
    needed,
    root,
    stored,
)


def store(leaves, algorithm="sha256"):
    made = stored(leaves, algorithm)
    return lambda level, index: made[level, index]


def leaves_of(count, algorithm="sha256"):
    return [leaf_hash(algorithm, f"leaf {at}".encode()) for at in range(count)]


def by_definition(algorithm, leaves):
    """MTH(D[n]) of section 2.1.1, written as the text defines it."""
    if not leaves:
        return hashlib.new(algorithm, b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(algorithm, leaves[:split]), by_definition(algorithm, leaves[split:])
    return hashlib.new(algorithm, b"\x01" + left + right).digest()


# The vectors that implementations of RFC 6962 and 9162 share: eight entries and the roots of the first n.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size):
    leaves = [leaf_hash("sha256", bytes.fromhex(one)) for one in ENTRIES]
    assert root("sha256", size, store(leaves)).hex() == ROOTS[size]


def test_sm3_is_the_standard_s():
    """GB/T 32905-2016, example 1."""
    assert hashlib.new("sm3", b"abc").hexdigest() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 9, 31, 33, 100])
def test_roots_follow_the_definition(algorithm, count):
    leaves = leaves_of(count, algorithm)
    for size in range(count + 1):
        assert root(algorithm, size, store(leaves, algorithm)) == by_definition(algorithm, leaves[:size])


@settings(max_examples=30)
@given(st.integers(1, 70))
def test_every_leaf_is_proved_and_no_other_place_is(size):
    leaves, get = leaves_of(size), store(leaves_of(size))
    top = root("sha256", size, get)
    for index in range(size):
        proof = inclusion("sha256", index, size, get)
        check_inclusion("sha256", leaves[index], index, Head(size, top), proof)
        if size > 1:
            with pytest.raises(ProofError):
                check_inclusion("sha256", leaves[index], (index + 1) % size, Head(size, top), proof)
            with pytest.raises(ProofError):
                check_inclusion("sha256", leaves[index - 1], index, Head(size, top), proof)


@settings(max_examples=60)
@given(st.data())
def test_every_earlier_log_is_a_beginning_and_a_rewritten_one_is_not(data):
    new = data.draw(st.integers(1, 80))
    old = data.draw(st.integers(0, new))
    leaves, get = leaves_of(new), store(leaves_of(new))
    before, now = root("sha256", old, get), root("sha256", new, get)
    proof = consistency("sha256", old, new, get)
    check_consistency("sha256", Head(old, before), Head(new, now), proof)
    if old:
        changed = data.draw(st.integers(0, old - 1))
        other = [*leaves[:changed], leaf_hash("sha256", b"forged"), *leaves[changed + 1 :]]
        forged = root("sha256", new, store(other))
        lie = consistency("sha256", old, new, store(other))
        with pytest.raises(ProofError):
            check_consistency("sha256", Head(old, before), Head(new, forged), lie)


@settings(max_examples=40)
@given(st.data())
def test_a_proof_with_one_bit_turned_fails(data):
    size = data.draw(st.integers(2, 64))
    index = data.draw(st.integers(0, size - 1))
    leaves, get = leaves_of(size), store(leaves_of(size))
    proof = inclusion("sha256", index, size, get)
    at = data.draw(st.integers(0, len(proof) - 1))
    turned = bytearray(proof[at])
    turned[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    forged, head = [*proof[:at], bytes(turned), *proof[at + 1 :]], Head(size, root("sha256", size, get))
    with pytest.raises(ProofError, match="another root"):
        check_inclusion("sha256", leaves[index], index, head, forged)


def test_proofs_too_long_or_too_short_fail():
    leaves, get = leaves_of(5), store(leaves_of(5))
    top, proof = Head(5, root("sha256", 5, get)), inclusion("sha256", 2, 5, get)
    with pytest.raises(ProofError, match="too short"):
        check_inclusion("sha256", leaves[2], 2, top, proof[:-1])
    with pytest.raises(ProofError, match="too long"):
        check_inclusion("sha256", leaves[2], 2, top, [*proof, proof[0]])
    extends, before = consistency("sha256", 3, 5, get), Head(3, root("sha256", 3, get))
    with pytest.raises(ProofError, match="too short"):
        check_consistency("sha256", before, top, extends[:-1])
    with pytest.raises(ProofError, match="too long"):
        check_consistency("sha256", before, top, [*extends, top.root])
    with pytest.raises(ProofError, match="too short"):
        check_consistency("sha256", before, top, [])


def test_sizes_that_cannot_be():
    get = store(leaves_of(3))
    with pytest.raises(ProofError, match="not among"):
        inclusion("sha256", 3, 3, get)
    with pytest.raises(ProofError, match="not among"):
        check_inclusion("sha256", b"", -1, Head(3, b""), [])
    with pytest.raises(ProofError, match="not the beginning"):
        consistency("sha256", 4, 3, get)
    with pytest.raises(ProofError, match="not the beginning"):
        check_consistency("sha256", Head(4, b""), Head(3, b""), [])
    with pytest.raises(ProofError, match="different roots"):
        check_consistency("sha256", Head(3, b"a"), Head(3, b"b"), [])
    with pytest.raises(ProofError, match="different roots"):
        check_consistency("sha256", Head(0, b"a"), Head(3, b"b"), [])
    check_consistency("sha256", Head(0, empty_root("sha256")), Head(3, b"b"), [])


@settings(max_examples=40)
@given(st.lists(st.integers(0, 9), max_size=8))
def test_batches_grow_the_tree_that_single_leaves_grow(batches):
    leaves, made, size = leaves_of(sum(batches)), {}, 0
    for count in batches:
        made |= grown("sha256", size, leaves[size : size + count], lambda *at, _made=made: _made[at])
        size += count
    assert made == stored(leaves, "sha256")


def test_what_a_proof_reads_is_known_before():
    get = store(leaves_of(1000))
    asked = needed(lambda ask: inclusion("sha256", 437, 1000, ask))
    assert len(asked) <= 20
    found = {place: get(*place) for place in asked}
    assert inclusion("sha256", 437, 1000, lambda *place: found[place]) == inclusion("sha256", 437, 1000, get)


def test_pymerkle_computes_the_same_roots_and_proofs():
    other = pymerkle.InmemoryTree(algorithm="sha256")
    entries = [f"leaf {at}".encode() for at in range(70)]
    get = store([leaf_hash("sha256", one) for one in entries])
    for size, entry in enumerate(entries, 1):
        other.append_entry(entry)
        assert root("sha256", size, get) == other.get_root(size)
