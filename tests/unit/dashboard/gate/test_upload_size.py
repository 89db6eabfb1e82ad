"""What may be uploaded is the same everywhere: the proxy of the documents and the server let the largest file in."""

from __future__ import annotations

import re

from support.paths import ROOT

from dashboard.gate.closed_options import CLOSED
from detection.cases import limits as cases
from detection.cases.files import MEGABYTE
from detection.leads import limits as leads

MEBIBYTE = 1024 * 1024  # the unit of Streamlit and of nginx


def test_the_server_lets_the_largest_file_in_and_no_larger_one() -> None:
    largest = max(cases.limits().most_file_megabytes * MEGABYTE, leads.limits().most_bytes)
    most = CLOSED["server.maxUploadSize"]
    assert isinstance(most, int)
    assert largest <= most * MEBIBYTE < largest + 2 * MEBIBYTE


def test_the_proxy_lets_in_what_the_server_does_with_the_form_around_it() -> None:
    text = (ROOT / "deploy" / "service" / "nginx.conf").read_text(encoding="utf-8")
    [size] = re.findall(r"^\s*client_max_body_size (\d+)m;", text, re.MULTILINE)
    most = CLOSED["server.maxUploadSize"]
    assert isinstance(most, int)
    assert most < int(size) <= 2 * most
