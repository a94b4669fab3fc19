"""How one list differs from the others: what it shows and how it is called, and what a slice says of its records."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QMenu

from desktop.register.rights import Right
from desktop.store.sorting import Sort
from desktop.widgets.empty import EmptyState
from desktop.widgets.paging import TableColumn


class Identified(Protocol):
    """A row of a list; it is known by the record it shows."""

    @property
    def id(self) -> UUID:
        """Return the record's id."""
        ...


Row = TypeVar("Row", bound=Identified)


@dataclass(frozen=True)
class ListSpec(Generic[Row]):
    """What a list shows of its records, and the words around them."""

    noun: str
    """Names the parts of the list: visit_search, visit_count, visit_change."""
    kind: str
    """The sheet that is imported here; also names the remembered layout, and print_visits."""
    name: str
    """What the list is called: 健康服务记录."""
    columns: Sequence[TableColumn[Any]]
    edit: Right
    new_text: str
    sort: Sort
    """What the list is sorted by until its user asks otherwise."""
    sort_words: Mapping[Sort, str] = field(default_factory=dict)
    """How an order is told where “按地点排列” would be odd."""
    new_icon: str = "plus"
    measure: str = "条"
    print_text: str = "打印台账"
    search_hint: str = ""
    """What can be typed into the search box; a list without a hint has no box."""
    short_hint: str = ""
    """The same where the window is narrow."""
    nothing: str = "没有符合条件的记录。可换“全部”，或换个词找。"
    full_bar: int = 0
    """Pixels at the normal type size that all words above the list need side by side."""
    least_bar: int = 0
    """Pixels below which the print button leaves too; Ctrl+P prints as well."""

    def order_words(self, sort: Sort) -> str:
        """Return how the list is sorted: 新的在前, 按“地点”排列."""
        if sort in self.sort_words:
            return self.sort_words[sort]
        title = next((column.title for column in self.columns if column.key == sort[0]), "")
        return f"按“{title}”{'倒着排' if sort[1] else '排列'}"

    def sorts(self, key: str) -> bool:
        """Return whether the list can be sorted by the column *key*."""
        return any(column.key == key and column.sortable for column in self.columns)


NEWEST_WORDS: Mapping[Sort, str] = {("day", True): "新的在前", ("day", False): "旧的在前"}


class ListHooks(Generic[Row]):
    """What a slice says of its list; the last four may be left as they are."""

    spec: ListSpec[Row]
    sort: Sort

    def ids(self) -> Sequence[UUID]:
        """Return the ids the filters leave, sorted by ``sort``."""
        raise NotImplementedError

    def fetch(self, ids: Sequence[Hashable]) -> list[Row]:
        """Return the rows of *ids*; also called on the job thread."""
        raise NotImplementedError

    def is_new(self) -> bool:
        """Return whether there is no record at all, whatever the filters say."""
        raise NotImplementedError

    def fill_panel(self, one: Row) -> None:
        """Show one record in the panel."""
        raise NotImplementedError

    def ways_in(self) -> EmptyState:
        """Return what is shown while there is no record at all; its actions reach ``start``."""
        raise NotImplementedError

    def remove_record(self, record_id: UUID) -> str:
        """Move a record to the bin and return what was done; called on the job thread."""
        raise NotImplementedError

    def read_filters(self) -> None:
        """Read counts and words of the filters again."""

    def add_to_menu(self, one: Row, menu: QMenu) -> None:
        """Put what can be done with a row between 打开 and 修改."""

    def foot(self, count: int) -> str:
        """Return what stands below *count* rows."""
        return f"共 {count:,}{self.spec.measure}，{self.order_words()}。"

    def sort_shown(self) -> Sort:
        """Return what the titles show the list to be sorted by."""
        return self.sort

    def order_words(self) -> str:
        """Return how the list is sorted, in words."""
        return self.spec.order_words(self.sort_shown())
