"""What becomes of the baton when a backup or a copy that was carried along is brought into use; pure rules.

Restoring exchanges what the file holds, not who may write: a computer that has data keeps its own baton. Only a copy
made for giving the data away carries it, and only to where it belongs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.foundation.errors import InputError, NotAllowed
from desktop.foundation.ids import new_id
from desktop.store.baton import APART, HERE, LEAVING, OUT, SEALED, Baton

_OWN = "这就是这台电脑带出去的那一份，没有接。数据还没有人接过去的，请点“收回”。"
_HAVE_IT = "这一份已经接到这台电脑上了，后来登的都在。没有再接一次，资料没有动。"
_VOID = (
    "这份带回的资料已经作废：主任收回过数据，这台电脑上后来又登过别的。没有接，也没有合并，它原样留着。"
    "要看里面有什么，可以先比较，也可以留作另一份。"
)
_NOT_OURS = (
    "这一份不是接着这台电脑带出去的那一份做的，没有接。请用带出去的那台电脑带回来的一份；确实没有了，请主任收回数据。"
)
_OTHER_OFFICE = "这一份是“{theirs}”带出的，这台电脑上是“{ours}”的资料，没有接。资料没有动。"
_PLAIN = "这是一份普通备份。原来那台电脑要是还在用，请不要两台都登记，两边登的合不到一起。"
_RECEIVED = "数据接过来了，从现在起在这台电脑上登记。原来那台电脑只能看，带回去以后才能改。"
_BACK = "数据带回来了，从现在起在这台电脑上登记。"


class NotTaken(InputError):
    """A copy that gave the data away does not belong here; it is left as it is and can be kept beside the data."""


@dataclass(frozen=True)
class Arrival:
    """The baton after bringing a copy into use, and what is said of it; *received*: the right to write came along.

    *returns*: nothing is lost by it, what was in use here has waited for this very copy.
    """

    baton: Baton
    received: bool = False
    returns: bool = False
    said: str = ""


def after_restoring(present: Baton | None, theirs: Baton | None, *, set_up: bool) -> Arrival:
    """Return what holds after an ordinary backup that says *theirs* is restored where *present* holds.

    *present* is None if nobody knows; then no data were ever given away from here.
    """
    if set_up and present is not None:
        return Arrival(present, said=present.sentence)
    if theirs is None or not theirs.was_passed:
        # As ever when a computer breaks: another one goes on. Under an id of its own, so that the two stay apart.
        fresh = new_id()
        return Arrival(Baton(fresh, line=(fresh.hex,)), said="" if set_up else _PLAIN)
    if theirs.state in {LEAVING, SEALED, OUT}:
        kept = replace(theirs, state=OUT)
        return Arrival(kept, said=kept.sentence)
    if set_up:
        return Arrival(theirs.passed_on())
    apart = replace(theirs.passed_on(), state=APART)
    return Arrival(apart, said=apart.sentence)


def after_receiving(present: Baton | None, theirs: Baton, *, set_up: bool) -> Arrival:
    """Return what holds after a copy that gave the data away is brought here; raise NotTaken if it does not belong."""
    if theirs.heir is None:
        raise NotTaken(_NOT_OURS)
    heir = theirs.heir.hex
    fresh = new_id()
    line = (*theirs.line, heir, fresh.hex)
    new = replace(theirs, id=fresh, state=HERE, heir=None, line=line, target="", away=not theirs.away)
    if not set_up or present is None:
        return Arrival(new, received=True, said=_RECEIVED)
    if heir in present.line:
        raise NotTaken(_HAVE_IT)
    if {heir, *theirs.line} & set(present.void):
        raise NotTaken(_VOID)
    if present.state not in {LEAVING, SEALED, OUT}:
        return Arrival(new, received=True, said=_RECEIVED)
    if theirs.heir == present.heir:
        raise NotTaken(_OWN)
    if present.heir is None or present.heir.hex not in theirs.line:
        raise NotTaken(_NOT_OURS)
    void = tuple(dict.fromkeys((*present.void, *theirs.void)))
    back = replace(new, away=present.away, void=void)
    return Arrival(back, received=True, returns=True, said=_RECEIVED if present.away else _BACK)


def refuse_other_office(ours: str, theirs: str) -> None:
    """Raise NotTaken if a copy of the committee *theirs* is brought to a computer of *ours*."""
    if ours != theirs:
        raise NotTaken(_OTHER_OFFICE.format(ours=ours, theirs=theirs))


def refuse_readers(name: str) -> None:
    """Raise NotAllowed: who may enter nothing does not fetch the right to do so."""
    raise NotAllowed(f"接过数据要由能登记的人来做；{name}的登录名只能看。资料没有动。")
