"""另一份: a copy that is not taken here, kept beside the data where it can be looked at and compared, never merged."""

from __future__ import annotations

from pathlib import Path

from desktop.foundation.clock import CHINA, Clock
from desktop.foundation.errors import InputError, machine_faults
from desktop.foundation.jobs import JobContext
from desktop.safekeeping.attachments import bring
from desktop.safekeeping.holders import Holder
from desktop.safekeeping.receiving import require_director
from desktop.safekeeping.restore import KEPT, copy_checked, set_aside_before
from desktop.safekeeping.verify import look_over
from desktop.store.files import sync_file, sync_folder
from desktop.store.folder import DataFolder, Generation
from desktop.store.tries import counted

ANOTHER = "_另一份"


def put_aside(
    path: Path, folder: DataFolder, holder: Holder, *, clock: Clock, context: JobContext | None = None
) -> Path:
    """Copy the backup at *path*, checked through and through, beside the data in *folder* and return where it lies.

    What is in use stays in use; the copy is found in the list of 恢复 like what an earlier restore has set aside. A
    director or the code may. Raises the sentences of `look_over`, WrongPassword, NotAllowed, JobCancelled.
    """
    context = context or JobContext()
    if set_aside_before(path) is not None:
        raise InputError("这一份已经在这台电脑上留着了。")
    source = look_over(path, context)
    require_director(folder, holder, source.ring())
    with counted(folder.path, holder.slot_in(source.ring()).id, clock.now()):
        data_key = holder.open(source.ring())
    made = source.manifest.made_at.astimezone(CHINA)
    kept = folder.path / "generations" / f"{made:%Y%m%d-%H%M%S}{KEPT}{ANOTHER}"
    if kept.exists():
        raise InputError("这一份已经在这台电脑上留着了。")
    with machine_faults("留作另一份"), folder.shared():
        with folder.rough_generation(kept) as rough:
            copy_checked(source, Generation(rough), data_key, context)
            bring(source, folder.attachments, context)
            for file in rough.iterdir():
                sync_file(file)
        sync_folder(kept.parent)
    return kept
