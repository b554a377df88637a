"""Flow: what one batch of triplets teaches an editor of the kind of FLUX.2 [klein].

The target's latents are mixed with noise, x = (1 - s) t + s n, with s from a logistic normal distribution. The
transformer sees them beside the picture's latents, which have another place on the axis of images, and the prompt; it
is to say n - t. All parts of the pipeline are its own, so that what is trained is what is asked later.
"""

from typing import Any

import torch
from peft import LoraConfig
from torch import Tensor, nn

ADAPTED = (
    r"transformer_blocks\.\d+\.attn\.(to_[qkv]|add_[qkv]_proj|to_add_out|to_out\.0)"
    r"|single_transformer_blocks\.\d+\.attn\.(to_qkv_mlp_proj|to_out)"
)
"""Names of the layers that get an adapter: attention of both kinds of blocks, with the MLP where they are one layer."""


def adapted(transformer: nn.Module, rank: int, alpha: int) -> list[nn.Parameter]:
    """Freezes a transformer, adds a LoRA, and returns its parameters, in float32."""
    transformer.requires_grad_(False)
    transformer.add_adapter(LoraConfig(r=rank, lora_alpha=alpha, init_lora_weights="gaussian", target_modules=ADAPTED))
    parameters = [each for each in transformer.parameters() if each.requires_grad]
    for each in parameters:
        each.data = each.data.float()
    return parameters


def flow_loss(editor: Any, transformer: nn.Module, batch: dict[str, Any], prompt_tokens: int) -> Tensor:
    """Returns the loss of a batch of `TripletDataset`; `transformer`: that of the pipeline `editor`, or wrapped."""
    with torch.no_grad():
        told, told_at = editor.encode_prompt(
            batch["edit_prompt"], device=editor.vae.device, max_sequence_length=prompt_tokens
        )
        shown, wanted = (latents(editor, batch[name]) for name in ("input_image", "edited_image"))
    share = torch.randn(len(wanted), device=wanted.device).sigmoid().to(wanted.dtype)
    noise = torch.randn_like(wanted)
    mixed = torch.lerp(wanted, noise, share[:, None, None, None])
    said = transformer(
        hidden_states=torch.cat([editor._pack_latents(mixed), editor._pack_latents(shown)], 1),
        timestep=share,
        encoder_hidden_states=told,
        txt_ids=told_at,
        img_ids=places(editor, mixed, shown),
        guidance=None,
        return_dict=False,
    )[0]
    right = editor._pack_latents(noise - wanted)
    return nn.functional.mse_loss(said[:, : right.shape[1]].float(), right.float())


def latents(editor: Any, images: Tensor) -> Tensor:
    """Returns latents as the pipeline makes them of a reference; `images` are uint8, b x 3 x h x w."""
    pixels = images.to(editor.vae.device, editor.vae.dtype) / 127.5 - 1
    return editor._encode_vae_image(pixels, generator=None)


def places(editor: Any, mixed: Tensor, shown: Tensor) -> Tensor:
    """Returns where each latent lies: on the axis of images the target comes first, the picture behind it."""
    target = editor._prepare_latent_ids(mixed)
    picture = editor._prepare_image_ids([shown[:1]]).expand(len(shown), -1, -1)
    return torch.cat([target, picture], 1).to(mixed.device)
