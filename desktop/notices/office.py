"""Everything about notices together, made once per sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.foundation.clock import Clock
from desktop.notices.service.composing import ComposingService
from desktop.notices.service.mailing import MailingService
from desktop.notices.service.postings import PostingService
from desktop.notices.service.templates import TemplateService
from desktop.register.ports import NoticeFields
from desktop.register.rights import Officer
from desktop.register.service.exports import ExportLog
from desktop.register.service.issued import IssuedService
from desktop.register.service.recipients import RecipientService
from desktop.store.unit import Store


@dataclass(frozen=True)
class NoticeOffice:
    """Templates, writing, notices for many, what was issued, what hangs where."""

    templates: TemplateService
    composing: ComposingService
    mailing: MailingService
    issued: IssuedService
    postings: PostingService

    @classmethod
    def over(
        cls, store: Store, officer: Officer, clock: Clock, issued: IssuedService, sources: Sequence[NoticeFields]
    ) -> NoticeOffice:
        """Return the services over an opened file; *sources* fill notices from records."""
        templates = TemplateService(store, officer)
        composing = ComposingService(store, officer, clock, templates=templates, issued=issued, sources=sources)
        return cls(
            templates=templates,
            composing=composing,
            mailing=MailingService(
                officer,
                clock,
                composing=composing,
                recipients=RecipientService(store, officer, clock),
                exports=ExportLog(store, officer),
            ),
            issued=issued,
            postings=PostingService(store, officer, clock),
        )
