"""Walks the whole log beside the whole store: every leaf, every row, every block, and the root at every size asked about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ecegateway.evidence import schema
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.log_page import LogPage, read_page
from ecegateway.evidence.row_audit import RowAudit
from ecegateway.evidence.rows import each_row
from ecegateway.proof.tree import BLOCK, EMPTY_ROOT, Frontier


@dataclass(slots=True)
class Audit:
    """What a walk has found so far.

    ``roots`` are those of the sizes asked about that the log reaches; ``rows`` counts the leaves compared with their rows, of
    which ``erased`` had their content erased after its time.
    """

    sizes: Collection[int]
    rows: int = 0
    erased: int = 0
    size: int = 0
    root: bytes = EMPTY_ROOT
    roots: dict[int, bytes] = field(default_factory=dict)

    def walk(self, connection: Connection) -> Iterator[Damage]:
        """Everything wrong with rows and log, as it is met."""
        tree, rows, asked = Frontier(), RowAudit(connection), sorted(self.sizes)
        self.roots |= {0: EMPTY_ROOT} if 0 in self.sizes else {}
        blocks: list[bytes] = []
        for page in _pages(connection):
            if isinstance(page, Damage):
                yield page
                continue
            if page.first != tree.size:
                yield Damage(Harm.LOG, f"log_page {page.first}", f"the log goes on at leaf {tree.size}, not here")
            leaves = []
            for leaf, damage in rows.compare(page):
                leaves.append(leaf)
                if damage is not None:
                    yield damage
            self.rows += len(leaves)
            blocks += self._grow(tree, leaves, asked)
            if tuple(tree.peaks) != page.peaks and page.first + len(leaves) == tree.size:
                yield Damage(Harm.LOG, f"log_page {page.first}", "the tree's edge after it is not what its leaves make")
        self.size, self.root, self.erased = tree.size, tree.root(), rows.erased
        yield from rows.added()
        yield from _blocks(connection, blocks)

    def _grow(self, tree: Frontier, leaves: list[bytes], asked: list[int]) -> list[bytes]:
        """Add leaves, stopping at each size asked about for its root."""
        blocks, at = [], 0
        for size in (size for size in asked if tree.size < size <= tree.size + len(leaves)):
            upto = at + size - tree.size
            blocks += tree.add(leaves[at:upto])
            at = upto
            self.roots[size] = tree.root()
        return blocks + tree.add(leaves[at:])


def _pages(connection: Connection) -> Iterator[LogPage | Damage]:
    for first, row in each_row(connection, schema.LOG_PAGE):
        if row is None:
            yield Damage(Harm.UNREADABLE, f"log_page {first}", "the engine cannot read it")
            continue
        try:
            yield read_page({str(name): value for name, value in row.items()})
        except (ValueError, TypeError) as error:
            yield Damage(Harm.LOG, f"log_page {first}", f"it cannot be read: {error}")


def _blocks(connection: Connection, blocks: list[bytes]) -> Iterator[Damage]:
    kept = {number: None if row is None else row["hash"] for number, row in each_row(connection, schema.LOG_BLOCK)}
    for number, found in enumerate(blocks):
        if kept.pop(number, None) != found:
            said = f"the hash kept for leaves {number * BLOCK} to {(number + 1) * BLOCK - 1} is not the one they make"
            yield Damage(Harm.LOG, f"log_block {number}", said)
    for number in kept:
        yield Damage(Harm.LOG, f"log_block {number}", "the log has no such block of leaves")
