"""The tree over all placed records, computed anew, against the one that is stored."""

from shutan.apps.evidence import store
from shutan.apps.evidence.models import Node, Record
from shutan.evidence.tree import ALGORITHMS, leaf_hash, root, stored


def whole_tree():
    """The tree over all placed records, computed anew."""
    entries = [
        bytes(one)
        for one in Record.objects.exclude(index=None).order_by("index").values_list("entry", flat=True)
    ]
    return {name: stored([leaf_hash(name, one) for one in entries], name) for name in ALGORITHMS}, len(
        entries
    )


def assert_whole():
    """The stored tree is the tree over the placed records, whose places have no gaps."""
    trees, size = whole_tree()
    places = Record.objects.exclude(index=None).order_by("index").values_list("index", flat=True)
    assert list(places) == list(range(size))
    assert store.size() == size
    held = {(one.level, one.index): (bytes(one.sha256), bytes(one.sm3)) for one in Node.objects.all()}
    assert held == {at: tuple(trees[name][at] for name in ALGORITHMS) for at in trees["sha256"]}
    for name in ALGORITHMS:
        assert store.roots(size)[name] == root(name, size, lambda *at, held=trees[name]: held[at])
