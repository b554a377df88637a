"""Cycles: the settings of a render, and the picture of one view as linear light.

Denoising at high quality with the fast prefilter costs a twentieth of the paths that would bring the same noise level.
`pass_alpha_threshold` 0 keeps glass in Cycles' own depth and index passes.
"""

import bpy
import numpy as np
from jaxtyping import Float32

from scenegen.blender.pixels import render_passes
from schemas.run_spec import RenderSpec


def configure(scene: bpy.types.Scene, spec: RenderSpec, threads: int) -> None:
    """Sets samples, denoiser and light paths; `threads` 0 means all cores. Pixels don't depend on the threads."""
    scene.render.threads_mode = "FIXED" if threads else "AUTO"
    if threads:
        scene.render.threads = threads
    scene.render.use_persistent_data = True
    scene.render.resolution_percentage = 100
    scene.view_layers[0].pass_alpha_threshold = 0.0
    settings = scene.cycles
    settings.device = "CPU"
    settings.samples = spec.samples
    settings.use_adaptive_sampling = False
    settings.use_denoising = spec.denoise
    settings.denoiser = "OPENIMAGEDENOISE"
    settings.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    settings.denoising_quality = "HIGH"
    settings.denoising_prefilter = "FAST"
    settings.max_bounces = spec.max_bounces
    settings.diffuse_bounces = min(settings.diffuse_bounces, spec.max_bounces)
    settings.transparent_max_bounces = 16


def render_linear(scene: bpy.types.Scene, seed: int) -> Float32[np.ndarray, "h w 3"]:
    """Renders the scene's camera and returns linear Rec.709 radiance; `seed` is that of the sampling pattern."""
    scene.cycles.seed = seed % 2**31
    return render_passes()["Combined"][..., :3]
