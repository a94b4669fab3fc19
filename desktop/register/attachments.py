"""Photos of records: added, shown, given to print, taken away; who may do it follows from the record they belong to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from desktop.foundation.clock import CHINA
from desktop.foundation.errors import AppError, DamagedFile, InputError
from desktop.foundation.pictures import Photo
from desktop.foundation.text import tidy
from desktop.register.records import Attachment, Staff
from desktop.register.rights import Officer
from desktop.register.service.bin import BinKind
from desktop.store.blobs import Blobs
from desktop.store.check import Check, CheckLine
from desktop.store.history import represented_in
from desktop.store.models import entered
from desktop.store.query import among, pick
from desktop.store.records import with_represented
from desktop.store.unit import Store, Unit

BEFORE, AFTER, ON_SITE = "整改前", "整改后", "现场"
LONGEST_CAPTION = 200
Joining = Callable[[Unit, UUID], list[Attachment]]
"""Adds photos whose files are kept already to the record of that id, in the unit that stores it."""


@dataclass(frozen=True)
class AttachmentRow:
    """One photo as lists show it: the small picture is here, the large one is asked for."""

    id: UUID
    version: int
    role: str
    caption: str
    taken_at: datetime | None
    added_at: datetime
    added_by: str
    thumbnail: bytes = field(repr=False)

    def text(self) -> str:
        """Return 整改前 6月9日 with the day it was taken, or, if the camera did not say, 整改前 6月9日添加."""
        day = (self.taken_at or self.added_at).astimezone(CHINA)
        year = "" if day.year == self.added_at.astimezone(CHINA).year else f"{day.year}年"
        return f"{self.role} {year}{day.month}月{day.day}日{'' if self.taken_at else '添加'}"

    def taken(self) -> str:
        """Return 拍摄 6月9日 9:42 罗晓梅, or, if the camera did not say when, 添加 6月9日 罗晓梅."""
        at = (self.taken_at or self.added_at).astimezone(CHINA)
        clock = f" {at.hour}:{at.minute:02d}" if self.taken_at else ""
        return f"{'拍摄' if self.taken_at else '添加'}　{at.month}月{at.day}日{clock}　{self.added_by}"


@dataclass(frozen=True)
class PrintedPhoto:
    """A photo for paper: what stands under it, and its JPEG, None if the file is missing or damaged.

    Pages that set photos side by side use its *role*, when and by whom it came (*taken*), and its *words* alone.
    """

    caption: str
    jpeg: bytes | None = field(repr=False)
    role: str = ""
    taken: str = ""
    words: str = ""


class AttachmentService:
    """Photos of the records named by *owners*; each owner's own rights say who may see and change them."""

    def __init__(self, store: Store, blobs: Blobs, officer: Officer, owners: Sequence[BinKind]) -> None:
        self._store, self._blobs, self._officer = store, blobs, officer
        self._owners = {str(kind.model.__tablename__): kind for kind in owners}

    def may_edit(self, owner_type: str) -> bool:
        """Return whether this officer may add and remove photos of such records."""
        return self._officer.may(self._owners[owner_type].edit)

    def add(
        self, owner_type: str, owner_id: UUID, role: str, photos: Sequence[Photo], *, caption: str = ""
    ) -> list[AttachmentRow]:
        """Keep *photos* of one record in one step and return them; raise InputError if the record is gone.

        The files reach the disk before the step that names them; raises EnvironmentFailure if they cannot.
        """
        kind = self._owners[owner_type]
        join = self.joining(owner_type, role, photos, caption=caption)
        with self._store.writing("添加照片", self._officer) as unit:
            unit.get(kind.model, owner_id)
            title = kind.titles(unit.session, [owner_id]).get(owner_id, "")
            how_many = f"{len(photos)}张" if len(photos) > 1 else ""
            unit.label = f"添加{how_many}{role}照片：{title}"
            added = join(unit, owner_id)
            unit.session.flush()
            return _rows(unit.session, added)

    def joining(self, owner_type: str, role: str, photos: Sequence[Photo], *, caption: str = "") -> Joining:
        """Keep the files of *photos* and return what adds them to a record inside the step that stores it.

        Raises InputError for a caption that is too long, EnvironmentFailure if the files cannot be kept.
        """
        self._officer.require(self._owners[owner_type].edit)
        caption = _checked(caption)
        named = [(self._blobs.put(photo.jpeg), photo) for photo in photos]

        def join(unit: Unit, owner_id: UUID) -> list[Attachment]:
            return [
                unit.add(
                    Attachment(
                        owner_type=owner_type, owner_id=owner_id, role=role, caption=caption,
                        taken_at=photo.taken_at, blob=name, thumbnail=photo.thumbnail,
                    )
                )
                for name, photo in named
            ]  # fmt: skip

        return join

    def of(self, owner_type: str, owner_id: UUID) -> list[AttachmentRow]:
        """Return the photos of one record, in the order they were added."""
        self._officer.require(self._owners[owner_type].see)
        with self._store.reading() as session:
            return _rows(session, _living(session, owner_type, owner_id))

    def content(self, attachment_id: UUID) -> bytes:
        """Return the JPEG of one photo; raise InputError if it is gone, DamagedFile if its file cannot be read."""
        with self._store.reading() as session:
            found = session.get(Attachment, attachment_id)
        if found is None or found.deleted_at is not None:
            raise InputError("这张照片已经不在了，可能刚被别人删除。请到回收站看看。")
        self._officer.require(self._owners[found.owner_type].see)
        return self._blobs.get(found.blob)

    def for_print(self, owner_type: str, owner_id: UUID) -> list[PrintedPhoto]:
        """Return every photo of one record for paper, those before the mending first."""
        self._officer.require(self._owners[owner_type].see)
        with self._store.reading() as session:
            living = _living(session, owner_type, owner_id)
            rows = {row.id: row for row in _rows(session, living)}
        living.sort(key=lambda one: one.role == AFTER)
        return [
            PrintedPhoto(
                "，".join(part for part in (rows[one.id].text(), one.caption) if part),
                self._jpeg(one.blob),
                one.role,
                rows[one.id].taken(),
                one.caption,
            )
            for one in living
        ]

    def describe(self, attachment_id: UUID, *, version: int, role: str, caption: str) -> None:
        """Change what a photo shows; raise InputError, ChangedMeanwhile."""
        caption = _checked(caption)
        with self._store.writing("修改照片说明", self._officer) as unit:
            found = unit.get(Attachment, attachment_id, version=version)
            self._officer.require(self._owners[found.owner_type].edit)
            found.role, found.caption = role, caption

    def remove(self, attachment_id: UUID) -> str:
        """Move a photo to the bin and return the step's label; its file stays, so that it can come back."""
        with self._store.writing("删除照片", self._officer) as unit:
            found = unit.get(Attachment, attachment_id)
            kind = self._owners[found.owner_type]
            self._officer.require(kind.edit)
            title = kind.titles(unit.session, [found.owner_id]).get(found.owner_id, "")
            unit.label = f"删除{found.role}照片：{title}"
            unit.move_to_bin(found)
            return unit.label

    def _jpeg(self, blob: str) -> bytes | None:
        try:
            return self._blobs.get(blob)
        except DamagedFile:
            return None


def photos_bin(owner: BinKind) -> BinKind:
    """Return how photos of *owner* are shown in the bin and brought back from it."""
    owner_type = str(owner.model.__tablename__)

    def titles(session: Session, ids: Sequence[UUID]) -> dict[UUID, str]:
        query = pick(Attachment.id, Attachment.owner_id, Attachment.role).where(col(Attachment.id).in_(ids))
        found = session.connection().execute(query).all()
        names = owner.titles(session, [owner_id for _, owner_id, _ in found])
        return {photo: f"{role}  {names.get(owner_id, '')}" for photo, owner_id, role in found}

    def refusal(session: Session, photo: Attachment) -> str:
        record = session.get(owner.model, photo.owner_id)
        if record is None or record.deleted_at is not None:
            title = owner.titles(session, [photo.owner_id]).get(photo.owner_id, "")
            return f"这张照片所属的{owner.word}“{title}”也在回收站里，请先恢复它，再恢复照片。"
        return ""

    return BinKind(
        model=Attachment,
        word=f"{owner.word}照片",
        see=owner.see,
        edit=owner.edit,
        titles=titles,
        refuse=refusal,
        only=lambda: col(Attachment.owner_type) == owner_type,
    )


def photos_check(blobs: Blobs) -> Check:
    """Return a look at the files of all photos, those in the bin too: each must be there and open with the key."""

    def look(session: Session) -> CheckLine:
        bad = sum(not _opens(blobs, name) for name in session.exec(select(Attachment.blob).distinct()))
        told = "完好" if not bad else f"有{bad}张打不开，请用最近的备份恢复"
        return CheckLine("photos", f"照片的文件：{told}", not bad, bad)

    return look


def _opens(blobs: Blobs, name: str) -> bool:
    try:
        blobs.get(name)
    except AppError:
        return False
    return True


def _checked(caption: str) -> str:
    caption = tidy(caption)
    if len(caption) > LONGEST_CAPTION:
        raise InputError(f"照片说明太长，请不超过{LONGEST_CAPTION}个字。")
    return caption


def _living(session: Session, owner_type: str, owner_id: UUID) -> list[Attachment]:
    query = (
        select(Attachment)
        .where(Attachment.owner_type == owner_type, Attachment.owner_id == owner_id)
        .where(col(Attachment.deleted_at).is_(None))
        .order_by(entered(Attachment))
    )
    return list(session.exec(query))


def _rows(session: Session, photos: Sequence[Attachment]) -> list[AttachmentRow]:
    people = {photo.created_by for photo in photos if photo.created_by is not None}
    named = session.connection().execute(pick(Staff.id, Staff.name).where(among(Staff.id, people)))
    names: dict[UUID, str] = {row[0]: row[1] for row in named}
    others = represented_in(session, {photo.id for photo in photos})

    def name_of(photo: Attachment) -> str:
        return names.get(photo.created_by, "") if photo.created_by else ""

    return [
        AttachmentRow(
            id=photo.id,
            version=photo.version,
            role=photo.role,
            caption=photo.caption,
            taken_at=photo.taken_at,
            added_at=photo.created_at,
            added_by=with_represented(names.get(photo.created_by, ""), others.get(photo.id, ""))
            if photo.created_by
            else "",
            thumbnail=photo.thumbnail,
        )
        for photo in photos
    ]
