"""Streamlit's options that decide what is open: fixed here, so that no file or variable of the machine opens them."""

from __future__ import annotations

from collections.abc import Mapping

from detection.cases.limits import limits

Option = str | int | bool | list[str] | dict[str, str]

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
    "server.maxUploadSize": limits().most_file_megabytes,  # files of cases, the only ones that are taken in
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
