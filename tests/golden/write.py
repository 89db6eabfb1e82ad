"""Write every golden file again: ``make golden``."""

from __future__ import annotations

from support.golden import GOLDEN_FILES


def main() -> None:
    """Write the files, and name those that changed."""
    for path, content in GOLDEN_FILES.items():
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        now = content()
        path.write_text(now, encoding="utf-8")
        print(f"{'changed' if now != before else 'same'}: {path.name}")


if __name__ == "__main__":
    main()
