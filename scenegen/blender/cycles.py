"""Cycles: the settings of a render, and one view as its passes: linear light, depth and object index.

Denoising at high quality with the fast prefilter costs a twentieth of the paths that would bring the same noise level.
Depth and index come from the first path through each pixel's centre, whatever the samples, unless the lens is open.
"""

from collections.abc import Mapping

import bpy
import numpy as np
from jaxtyping import Float32

from scenegen.blender.device import use_device
from scenegen.blender.pixels import render_passes
from schemas.run_spec import RenderSpec

PASS_ALPHA_THRESHOLD = 0.002
"""Less opaque than this is a hole in depth and index, as in an alpha texture; clean glass, which mirrors a fiftieth of
the light that meets it straight, is a surface."""
_DIFFUSE_BOUNCES = 4
_TRANSPARENT_BOUNCES = 16


def configure(scene: bpy.types.Scene, spec: RenderSpec, threads: int) -> None:
    """Sets device, samples, denoiser, light paths and passes. `threads` 0 means all cores; no pixel depends on them."""
    scene.render.threads_mode = "FIXED" if threads else "AUTO"
    if threads:
        scene.render.threads = threads
    scene.render.use_persistent_data = True
    scene.render.resolution_percentage = 100
    layer = scene.view_layers[0]
    layer.pass_alpha_threshold = PASS_ALPHA_THRESHOLD
    layer.use_pass_z = layer.use_pass_object_index = True
    settings = scene.cycles
    use_device(scene, spec.device)
    settings.samples = spec.samples
    settings.use_adaptive_sampling = False
    settings.use_denoising = spec.denoise
    settings.denoiser = "OPENIMAGEDENOISE"
    settings.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    settings.denoising_quality = "HIGH"
    settings.denoising_prefilter = spec.prefilter.upper()
    settings.max_bounces = spec.max_bounces
    settings.diffuse_bounces = min(_DIFFUSE_BOUNCES, spec.max_bounces)
    settings.transparent_max_bounces = _TRANSPARENT_BOUNCES


def render_view(
    scene: bpy.types.Scene, seed: int, samples: int | None = None, denoise: bool | None = None
) -> Mapping[str, Float32[np.ndarray, "h w c"]]:
    """Renders the scene's camera and returns Combined (linear Rec.709 and alpha), Depth (planar) and Object Index.

    `seed` is that of the sampling pattern; `samples` and `denoise` hold for this render only, None is as configured.
    """
    settings = scene.cycles
    configured = settings.samples, settings.use_denoising
    settings.seed = seed % 2**31
    settings.samples = configured[0] if samples is None else samples
    settings.use_denoising = configured[1] if denoise is None else denoise
    try:
        return render_passes()
    finally:
        settings.samples, settings.use_denoising = configured
