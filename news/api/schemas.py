"""The form of news as data. Names of fields stay: what is added later is added beside them."""

import datetime
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from news.models import Edition
from taxonomy.api import Named

MOMENT = "2025-11-26T10:00:00Z"
# Written out where it stands: institutions have kinds too, and the description would hold one of the two.
Kind = Annotated[str, WithJsonSchema({"type": "string", "enum": Edition.Kind.values, "examples": ["press_release"]})]


class Translation(BaseModel):
    """A language in which the same story can be read."""

    language: str = Field(description="The code of the language.", examples=["ru"])
    language_name: str = Field(description="The language's own name.", examples=["Русский"])
    id: int = Field(description="The number of the item in this language.", examples=[12])
    address: str = Field(description="The full address of its page, for people.")
    api_address: str = Field(description="The full address of its data.")


class ImageData(BaseModel):
    """A picture of an item, with its words in the item's language."""

    id: int = Field(description="The number of the image, which the text names where it stands in its midst.")
    alternative: str = Field(description="What is to be seen; empty where the picture is decorative.")
    caption: str
    credit: str = Field(description="Who made it.", examples=["OSCE/Maria Berg"])
    address: str = Field(description="The full address of the whole picture (JPEG).")
    width: int = Field(description="Of that file, in pixels.")
    height: int


class AttachmentData(BaseModel):
    """A file or a page that belongs to an item."""

    id: int = Field(description="The number of the attachment, which the text names where it stands in its midst.")
    title: str
    kind: str = Field(description="“document”, “page”, “video” or “audio”.", examples=["document"])
    language: str = Field(description="The code of the language that it is in.", examples=["en"])
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="In bytes; 0 for a page.")
    pages: int | None = Field(description="Where it is known.")
    address: str = Field(description="The full lasting address: of the version that readers are to have now.")
    version_address: str = Field(description="Where the version stays that this edition has.")


class NewsRow(BaseModel):
    """An item as a list shows it."""

    id: int = Field(description="The number of the item, which it keeps for ever.", examples=[12])
    language: str = Field(description="The code of the language that it is written in.", examples=["en"])
    kind: Kind = Field(description="What sort of text it is.")
    kind_label: str = Field(description="The kind in words.", examples=["press release"])
    title: str
    summary: str
    issued_at: datetime.datetime = Field(description="The moment that it is dated with.", examples=[MOMENT])
    published_at: datetime.datetime = Field(description="When its first edition appeared.", examples=[MOMENT])
    updated_at: datetime.datetime = Field(
        description="When the newest edition appeared that changed more than a slip of the pen.", examples=[MOMENT]
    )
    issued_by: list[Named] = Field(description="The institutions that issued it, in their order.")
    countries: list[Named] = Field(description="The countries that it is about.")
    topics: list[Named] = Field(description="Its fields of work.")
    translations: list[Translation] = Field(description="The other languages in which the story can be read.")
    address: str = Field(description="The full address of its page, for people.")
    api_address: str = Field(description="The full address of its data.")


class RelatedItem(BaseModel):
    """An item that another one names."""

    id: int
    language: str
    title: str
    address: str
    api_address: str


class EditionRow(BaseModel):
    """An edition that is or was public."""

    number: int = Field(description="Numbers go up, and may leave some out.", examples=[2])
    visible_from: datetime.datetime = Field(description="When it appeared.", examples=[MOMENT])
    visible_until: datetime.datetime | None = Field(
        description="When another one took its place, or it was removed; null in what is public now."
    )
    is_minor: bool = Field(description="Whether it changed a slip of the pen alone.")
    change_note: str = Field(description="What it changed, in words, for readers.")
    address: str = Field(description="The full address of its page, for people.")
    api_address: str = Field(description="The full address of its data.")


class NoticeData(BaseModel):
    """What readers of an item that was removed are told."""

    kind: str = Field(description="“withdrawn”, or “consolidated” where another page took its place.")
    explanation: str
    removed_at: datetime.datetime
    undone_at: datetime.datetime | None = Field(description="When it was published again.")
    leads_to: str | None = Field(description="The full address of the page that took its place.")


class NewsText(NewsRow):
    """An edition of an item, with its text."""

    dateline: str = Field(description="The place that the text opens with.", examples=["VIENNA"])
    body_html: str = Field(
        description="The text as clean HTML: no scripts, no styles. Empty figures name images and attachments."
    )
    images: list[ImageData] = Field(description="Its pictures: the first one leads; those in the text come last.")
    attachments: list[AttachmentData] = Field(description="Its files; those in the text come last.")
    edition: int = Field(description="The number of the edition that this is.")
    visible_from: datetime.datetime = Field(description="When this edition appeared.", examples=[MOMENT])
    visible_until: datetime.datetime | None = Field(description="When it ended; null in what is public now.")
    notice: NoticeData | None = Field(description="That the item was withdrawn or consolidated; null if it was not.")
    related: list[RelatedItem] = Field(description="Items that it names, as far as they are listed.")
    editions: list[EditionRow] = Field(description="All editions that are or were public, the newest first.")


class FacetCount(BaseModel):
    """A value that may be chosen, and how many items the list has with it alone."""

    value: str = Field(description="What the parameter takes.", examples=["ukraine"])
    label: str = Field(description="Its name in the language of the address.", examples=["Ukraine"])
    count: int = Field(examples=[412])


class Facets(BaseModel):
    """What may be chosen of each parameter; its own choice is left out of its counts."""

    kind: list[FacetCount]
    country: list[FacetCount]
    institution: list[FacetCount] = Field(description="One that stands above others counts those too.")
    topic: list[FacetCount] = Field(description="One that stands above others counts those too.")
    language: list[FacetCount]
    year: list[FacetCount] = Field(description="To choose a year, ask for from=2025&to=2025.")


class NewsList(BaseModel):
    """A page of a list."""

    count: int | None = Field(description="The length of the list; null with `at`.", examples=[412])
    next: str | None = Field(description="The full address of the next page, if there is one.")
    previous: str | None = Field(description="The full address of the page before, if there is one.")
    facets: Facets | None = Field(description="What may be chosen, with counts; null with `at`.")
    results: list[NewsRow]
