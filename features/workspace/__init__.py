"""The workspace of a fund: layout version, lock, and the paths of everything in it.

::

    WS/
      workspace.json          layout version, fingerprint of the key, where key and alerts are, data of a demo
      lock                    locked by the writing process; freed by the operating system when it ends
      pseudonym.key           secret of the masked ids, where it is not kept elsewhere
      store.sqlite            alerts and everything readers see, unless a database has them
      mlflow.db, mlflow/      experiment runs, model registry, model files
      snapshots/<id>/         accepted tables, quarantine, flags, manifest.json of one data set
      step_times.json         seconds of each step of the last run; the progress of the next one reads it
      districts.csv           the fund's own names of districts, if it gave them
      reports/<number>.json   issued reports, each written once
      runs/<run_id>/          features/, scores/, artifacts/, indicators/, subjects/, search/, run.log of one run;
                              kept/: hits that the next run may use again
      unfinished/<hash>/      finished steps of a run that was stopped; the next one goes on there
      failed_run.log          log of the last run that ended with an error
      purge.log               what was purged, and when
      tmp/                    unfinished files; emptied at the next start

A folder under snapshots/ or runs/ appears by one rename, when all its files are on the disk: it is whole or not there.
Only the owner may enter the folder of a workspace: it holds claims and ids in the clear.
"""

from features.workspace.database import remember_database
from features.workspace.opening import open_workspace
from features.workspace.place import Database, Place, StoreLocation, Where, database_of
from features.workspace.space import Workspace

__all__ = [
    "Database",
    "Place",
    "StoreLocation",
    "Where",
    "Workspace",
    "database_of",
    "open_workspace",
    "remember_database",
]
