"""Another model, configuration or data set is another run."""

from __future__ import annotations

from detection.run.identity import run_id


def test_the_id_of_a_run_depends_on_the_content_of_its_models() -> None:
    first = run_id("data", {"area": "320600"}, {"person": "a", "provider": "b"}, simulated=False)
    assert run_id("data", {"area": "320600"}, {"provider": "b", "person": "a"}, simulated=False) == first
    others = {
        run_id("data", {"area": "320600"}, {"person": "a", "provider": "c"}, simulated=False),
        run_id("data", {"area": "150200"}, {"person": "a", "provider": "b"}, simulated=False),
        run_id("more", {"area": "320600"}, {"person": "a", "provider": "b"}, simulated=False),
        run_id("data", {"area": "320600"}, {"person": "a", "provider": "b"}, simulated=True),
    }
    assert len(others | {first}) == 5
