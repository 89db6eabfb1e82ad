"""Streamlit's options that decide what is open: fixed here, so that no file or variable of the machine opens them."""

from __future__ import annotations

from collections.abc import Mapping

from detection.cases import limits as cases
from detection.cases.files import MEGABYTE
from detection.leads import limits as leads

Option = str | int | bool | list[str] | dict[str, str]

# The larger of what is taken in, files of cases and files of leads, in whole megabytes; each service has its own limit.
_MOST_UPLOADED = max(cases.limits().most_file_megabytes, -(-leads.limits().most_bytes // MEGABYTE))

CLOSED: Mapping[str, Option] = {
    "client.allowedOrigins": [],
    "client.disableDataExport": True,  # files leave by dashboard/downloads.py: masked, neutralized, recorded
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "viewer",
    "global.developmentMode": False,
    "runner.magicEnabled": False,
    "secrets.files": [],
    "server.allowRunOnSave": False,
    "server.baseUrlPath": "",
    "server.corsAllowedOrigins": [],
    "server.customComponentBaseUrlPath": "",
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableExpensiveMemoryStats": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.folderWatchList": [],
    "server.headless": True,
    "server.maxMessageSize": 200,
    "server.maxUploadSize": _MOST_UPLOADED,
    "server.maxWidgetStateSize": 25,
    "server.runOnSave": False,
    "server.scriptHealthCheckEnabled": False,
    "server.showEmailPrompt": False,
    "server.trustedUserHeaders": {},
    "server.unsafeMetricsUserAttributes": [],
    "server.xsrfCookieSameSite": "lax",
    "browser.gatherUsageStats": False,
}
"""Values by option; sizes are megabytes."""
