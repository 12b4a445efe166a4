"""`shutan evidence`: check receipts and whole logs offline, from files alone: no database, no account, no network.

Only `audit --site` asks a database: the site's own, against its log.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from cryptography.x509 import Certificate

from shutan.cli.base import BLOCKED, Fault, Group, command, json_option, option
from shutan.cli.output import show_json
from shutan.cli.words import english, pick
from shutan.evidence import audit as auditing
from shutan.evidence.checkpoint import Checkpoint, CheckpointError
from shutan.evidence.checkpoint import parse as parse_checkpoint
from shutan.evidence.keys import KeyFormatError, PublicKey
from shutan.evidence.receipts import Fault as Found
from shutan.evidence.receipts import Receipt, ReceiptError
from shutan.evidence.receipts import parse as parse_receipt
from shutan.evidence.stamp import StampError, certificates

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)
DOWNLOAD = click.Path(exists=True, path_type=Path)  # the zip file, or the folder it was unpacked into
KEYS_HELP = "公钥文件（每行一个），从可信渠道取得|file of public keys, one a line, from where you trust it"


@click.group(
    "evidence",
    cls=Group,
    help="离线验证回执和日志：不需要数据库、账号和网络。|Check receipts and logs offline: no database, account or network needed.",
)
def evidence() -> None:
    """Group of the offline checks."""


@command(
    "verify",
    "验证回执：内容、文件与签名的检查点一致。不符之处逐项列出。"
    "|Check a receipt: content and files belong to the log that the checkpoint signs. What differs is named.",
)
@click.argument("receipt", type=PATH, metavar="RECEIPT")
@click.argument("files", type=PATH, nargs=-1, metavar="[FILE…]")
@option("--keys", type=PATH, required=True, help=KEYS_HELP)
@json_option
def verify(receipt: Path, files: tuple[Path, ...], keys: Path, *, as_json: bool) -> None:
    """Check one receipt, and files against it."""
    held = _receipt(receipt)
    found = held.faults(_keys(keys)) + held.file_faults({one.name: one.read_bytes() for one in files})
    about = {
        "subject": held.content.get("subject"),
        "kind": held.content.get("kind"),
        "at": held.content.get("at"),
        "index": held.index,
        "log": held.checkpoint.origin,
        "size": held.checkpoint.size,
    }
    if as_json:
        show_json({"holds": not found, **about, "faults": [vars(one) for one in found]})
    else:
        click.echo(
            pick(
                f"{about['kind']} {about['subject']}，{about['at']}，日志 {about['log']} 第 {held.index} 条（共 {held.checkpoint.size} 条）"
                f"|{about['kind']} {about['subject']}, {about['at']}: record {held.index} of {held.checkpoint.size} of the log {about['log']}"
            )
        )
        good = pick(
            f"成立：内容与 {len(files)} 个文件均未改动|holds: content and {len(files)} files are as recorded"
        )
        _show(found, good)
    _leave(found)


@command(
    "audit",
    "审计下载的日志：重算每个检查点的根，验证签名，并证明自保存的检查点以来历史只增不改。"
    "|Audit a downloaded log: recompute the root of every checkpoint, check signatures, prove that history was only added to "
    "since the checkpoint you kept. --site checks this site's own tables and files against its log instead.",
)
@click.argument("folder", type=DOWNLOAD, metavar="[DOWNLOAD]", required=False)
@option(
    "--site",
    is_flag=True,
    help="核对本站的表和文件与日志是否一致|check this site's tables and files against its log",
)
@option("--since", type=PATH, help="自己保存的检查点|a checkpoint you kept")
@option("--keys", type=PATH, help=KEYS_HELP)
@option(
    "--receipt",
    "receipts",
    type=PATH,
    multiple=True,
    help="同时核对的回执|a receipt to check against the log",
)
@option(
    "--authority",
    type=PATH,
    help="所信任的时间戳机构的根证书（PEM）|root certificates (PEM) of the time-stamp authority you trust",
)
@json_option
def audit(
    folder: Path | None,
    since: Path | None,
    keys: Path | None,
    receipts: tuple[Path, ...],
    authority: Path | None,
    *,
    site: bool,
    as_json: bool,
) -> None:
    """Check a whole log."""
    if site:
        if folder or since or keys or receipts or authority:
            raise click.UsageError(pick("--site 不与其他文件同用|--site takes no files"))
        _site(as_json=as_json)
        return
    if folder is None:
        raise click.UsageError(pick("缺少下载的日志|the downloaded log is missing"))
    try:
        log = auditing.read(folder)
    except auditing.DownloadError as error:
        raise Fault(f"{folder}：不是日志下载：{error}|{folder}: no download of a log: {error}") from error
    result = auditing.audit(
        log,
        since=_checkpoint(since) if since else None,
        keys=_keys(keys) if keys else (),
        receipts=[_receipt(one) for one in receipts],
        authorities=_certificates(authority) if authority else (),
    )
    if as_json:
        show_json(
            {
                "holds": not result.faults,
                "records": result.entries,
                "checkpoints": result.checkpoints,
                "stamps": result.stamps,
                "own_keys": keys is None,
                "stamps_trusted": authority is not None,
                "faults": [vars(one) for one in result.faults],
            }
        )
    else:
        if keys is None:
            click.echo(
                pick(
                    "注意：未给 --keys，只能说明日志与其自带公钥一致|Note: without --keys this says only that the log agrees with its own keys"
                )
            )
        if result.stamps and authority is None:
            click.echo(
                pick(
                    "注意：未给 --authority，未核对时间戳由谁签发|Note: without --authority nobody asked who gave the time stamps"
                )
            )
        zh, en = f"、{result.stamps} 个时间戳", f", {result.stamps} time stamps"
        good = pick(
            f"成立：{result.entries} 条记录、{result.checkpoints} 个检查点{zh if result.stamps else ''}"
            f"|holds: {result.entries} records, {result.checkpoints} checkpoints{en if result.stamps else ''}"
        )
        _show(result.faults, good)
    _leave(result.faults)


def _site(*, as_json: bool) -> None:
    from shutan.cli.server import said, start_django  # noqa: PLC0415 - the offline checks know no Django

    start_django()
    from shutan.apps.evidence.site import audit as audit_site  # noqa: PLC0415

    with said():
        result = audit_site()
    if as_json:
        show_json(
            {
                "holds": not result.faults,
                "records": result.records,
                "checkpoints": result.checkpoints,
                "files": result.files,
                "unread": dict(result.unread),
                "faults": [vars(one) for one in result.faults],
            }
        )
    else:
        for kind, count in sorted(result.unread.items()):
            click.echo(
                pick(
                    f"{kind} 的 {count} 条记录未与现有数据核对（无核对方法）"
                    f"|{count} records of {kind} were not compared with today's tables: nobody has said how"
                )
            )
        good = pick(
            f"成立：{result.records} 条记录、{result.checkpoints} 个检查点、{result.files} 个文件与现有数据一致"
            f"|holds: {result.records} records, {result.checkpoints} checkpoints and {result.files} files agree with today's tables"
        )
        _show(result.faults, good)
    _leave(result.faults)


evidence.lazy = {
    "verify": ("shutan.cli.evidence", "验证回执和文件|Check a receipt and its files"),
    "audit": ("shutan.cli.evidence", "审计下载的日志|Audit a downloaded log"),
}


def _show(found: Sequence[Found], good: str) -> None:
    for one in found:
        click.echo(f"✗ {one.en if english() else one.zh}")
    click.echo(good if not found else pick(f"不成立：{len(found)} 处|does not hold: {len(found)} faults"))


def _leave(found: Sequence[Found]) -> None:
    if found:
        click.get_current_context().exit(BLOCKED)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(f"{path}：不是文本文件|{path}: no text file") from error


def _receipt(path: Path) -> Receipt:
    try:
        return parse_receipt(_text(path))
    except ReceiptError as error:
        raise Fault(f"{path}：不是回执|{path}: no receipt") from error


def _checkpoint(path: Path) -> Checkpoint:
    try:
        return parse_checkpoint(_text(path))
    except CheckpointError as error:
        raise Fault(f"{path}：不是检查点|{path}: no checkpoint") from error


def _certificates(path: Path) -> list[Certificate]:
    try:
        return certificates(path.read_bytes())
    except StampError as error:
        raise Fault(f"{path}：不是证书：{error}|{path}: no certificate: {error}") from error


def _keys(path: Path) -> tuple[PublicKey, ...]:
    try:
        found = auditing.read_keys(_text(path))
    except KeyFormatError as error:
        raise Fault(f"{path}：不是公钥文件：{error}|{path}: no file of public keys: {error}") from error
    if not found:
        raise Fault(f"{path}：没有公钥|{path}: holds no key")
    return found
