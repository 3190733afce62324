"""A storage of its own for each test: a folder, or a bucket of a server that speaks the protocol of S3."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from osce_site.environment import upload_storage

BUCKET = "osce-files"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of a test in its own folder."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """Start a server of moto's for all tests of the session, on a free port."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def folder(media: Path) -> Path:
    """Keep uploads in a folder of the test's own."""
    return media


@pytest.fixture
def bucket(settings, s3_address, monkeypatch) -> Iterator[str]:
    """Keep uploads in a bucket of the test's own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-no-worth")
    store = boto3.resource("s3", endpoint_url=s3_address, region_name="eu-central-1").Bucket(BUCKET)
    store.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    options = upload_storage(BUCKET, endpoint=s3_address, region="eu-central-1")
    settings.STORAGES = settings.STORAGES | {"default": options}
    yield s3_address
    store.objects.all().delete()
    store.delete()


@pytest.fixture(params=["folder", "bucket"])
def storage(request) -> str:
    """Run the test with each storage."""
    request.getfixturevalue(request.param)
    return request.param
