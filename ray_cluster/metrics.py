"""Metrics of a run, as Ray exports them beside its own (Prometheus, on the port of each node's agent).

Counted by the driver from the events: frames, views rejected by gate, retries by kind of fault, units set aside,
seconds of processor time by stage, bytes that were stored.
"""

from ray_cluster.embedded import ray_metrics
from ray_cluster.events import Event, Failed, FrameDone, Lost, Rejected, Replaced
from schemas.unit import Receipt

_UNIT_BOUNDARIES_S = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0]


class Metrics:
    """Made once Ray runs."""

    def __init__(self) -> None:
        self._frames = ray_metrics.Counter("scenegen_frames", "Frames made, lost ones too.")
        self._rejected = ray_metrics.Counter("scenegen_views_rejected", "Views turned down.", ("gate",))
        self._retries = ray_metrics.Counter("scenegen_retries", "Units leased again.", ("kind",))
        self._failed = ray_metrics.Counter("scenegen_units_set_aside", "Units set aside.", ("kind",))
        self._replaced = ray_metrics.Counter("scenegen_replacements", "Of scenes, by others.", ("kind",))
        self._units = ray_metrics.Counter("scenegen_units_committed", "Units committed.")
        self._core_s = ray_metrics.Counter("scenegen_core_seconds", "Processor time of committed units.", ("stage",))
        self._bytes = ray_metrics.Counter("scenegen_stored_bytes", "Bytes of committed units.")
        self._wall_s = ray_metrics.Histogram("scenegen_unit_seconds", "Of a unit.", boundaries=_UNIT_BOUNDARIES_S)

    def add(self, event: Event) -> None:
        """Counts an event."""
        match event:
            case FrameDone():
                self._frames.inc()
            case Rejected(gate=gate):
                self._rejected.inc(tags={"gate": gate})
            case Lost(kind=kind):
                self._retries.inc(tags={"kind": kind})
            case Failed(faults=faults):
                self._failed.inc(tags={"kind": faults[-1].kind})
            case Replaced(faults=faults):
                self._replaced.inc(tags={"kind": faults[-1].kind})
            case Receipt():
                self._add_receipt(event)

    def _add_receipt(self, receipt: Receipt) -> None:
        self._units.inc()
        if (costs := receipt.costs) is None:
            return
        self._wall_s.observe(costs.wall_s)
        self._bytes.inc(costs.stored_bytes)
        for stage, seconds in costs.core_s.items():
            if seconds > 0:
                self._core_s.inc(seconds, {"stage": stage})
