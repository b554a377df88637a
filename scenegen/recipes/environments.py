"""Environments: an outdoor picture of the catalog in place of the planned sky, and as bright.

It is turned so that its brightest place lies where the sun was planned. Pictures differ in their unit of light, so each
is brought to the mean luminance that the sky has; where the sun is in the picture, that of sky and sun. Whether it is
tells its contrast: in those with the sun the planned one is dropped, in overcast ones too; in between the planned sun
stands where the picture is brightest.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import EnvironmentRecord
from scenegen.recipes.light.hours import sky_share
from schemas.scene_plan import Environment, Sky

_SHARE = 0.5
_SUN_CONTRAST = 1000.0
"""Above, the sun is in the picture."""
_OVERCAST_CONTRAST = 100.0
"""Below, there is none."""
_LOW_RAD = math.radians(12.0)
_SKY_LUMINANCE = 2.8
"""Mean over the sphere of Blender's sky of strength 1, measured: 2.5 to 3.1 for the sun at 15 to 50 degrees."""


@dataclass(frozen=True)
class Outlook:
    """A picture of all directions, turned, and the sun that goes with it."""

    environment: Environment
    has_sun: bool
    """Whether a planned sun shines as well, at the picture's brightest place."""
    sun_elevation_rad: float


def draw_outlook(
    rng: np.random.Generator,
    environments: Mapping[str, EnvironmentRecord],
    sky: Sky,
    sun_w_m2: float,
    evening: bool = False,
) -> Outlook | None:
    """Returns an outlook for half of the scenes, if the catalog has a picture taken outdoors; evenings have a low sun.

    `sun_w_m2`: of the sun that is planned with the sky.
    """
    outdoors = [
        record for record in environments.values() if record.place == "outdoors" and _suits(record, sky, evening)
    ]
    if not outdoors or rng.random() >= _SHARE:
        return None
    record = outdoors[int(rng.integers(len(outdoors)))]
    in_picture = record.contrast >= _SUN_CONTRAST
    luminance = sky.strength * _SKY_LUMINANCE * sky_share(sky) + (sun_w_m2 / (4.0 * math.pi) if in_picture else 0.0)
    environment = Environment(
        asset_id=record.asset_id,
        heading_rad=sky.sun_azimuth_rad - record.brightest[0],
        strength=luminance / record.mean_luminance * float(rng.uniform(0.8, 1.25)),
    )
    has_sun = _OVERCAST_CONTRAST <= record.contrast < _SUN_CONTRAST
    return Outlook(environment, has_sun, record.brightest[1])


def _suits(record: EnvironmentRecord, sky: Sky, evening: bool) -> bool:
    """Tells whether a picture was taken in such weather, at such an hour; none by night."""
    if sky.weather != "clear":
        return sky.weather == "overcast" and record.contrast < _OVERCAST_CONTRAST
    low = record.contrast >= _SUN_CONTRAST and record.brightest[1] < _LOW_RAD
    return low == evening and record.contrast >= _OVERCAST_CONTRAST
