"""Prompts for referring segmentation: expressions and their colours, the background among them where it is said.

One or several things may be meant, so no sentence counts them. A legend that ends in a label is followed by a full
stop or nothing.
"""

from scenegen.encoders.prompts.grammar import Grammar, templates_of
from scenegen.encoders.prompts.legends import legend_slots
from scenegen.encoders.prompts.phrases import EXPRESSION
from scenegen.encoders.prompts.request import ReferringRequest

REFERRING_GRAMMAR = Grammar[ReferringRequest](
    "referring",
    instructions=templates_of(
        "In <this photo|the input image>, <highlight|segment> {in}.",
        "<Paint|Color> {paint}[, in flat colors].",
        "Find what is described and mask it in the color given for it: {json}",
        "Make a mask of <the picture|this photo> by description {pairs}.",
        "Generate a segmentation mask of <this image|the photo>, with {in}.",
        "Mask what each <phrase|description> refers to[ in <this image|the picture>]: {json}",
        "Locate what is named here and fill it with its color: {keys}.",
        "Draw a referring segmentation of <the scene|this view>. Use {for}.",
        "Pick out what I describe[ in <the photo|this image>], as a flat mask: {in}.",
        "Produce a mask image in which {marks}.",
        "Turn <this image|the picture> into a mask: make {paint}.",
        "I am looking for something in <this photo|the picture>. {should}.",
        "Please <mark|highlight> {in}[, with flat colors and no shading].",
        "Show me where to look[ in <this photo|the scene>]: {marks}.",
        "Using <this|the following> color coding, mask what each <phrase|description> refers to: {json_list}",
        "Keep the layout of <the photo|the image>, but render {in}.",
        "Of <the view|this scene>, keep only what is named: paint {paint}.",
        "Where is it? Answer with a <flat|solid> mask. {should}.",
    ),
    captions=templates_of(
        "A segmentation mask of <the input|the photo|the view>, with {in}.",
        "This <image|picture> <shows|contains> a mask of what was described: {in}.",
        "A mask of what was asked for {pairs}.",
        "A mask image of the <same|given> scene, in which {marks}.",
        "The input <photo|image> as a flat mask: {paint}.",
        "Referring segmentation of <the photo|the image>. <Key|Colors>: {keys}.",
        "A picture of what these words refer to[ in <the photo|the input>]: {json}",
        "What is asked for stands out in flat color: {for}.",
        "The same <view|scene> with only what is named filled in: {for}.",
        "Flat color shows what the text refers to: {in}.",
        "A mask of <the input|the original> and nothing more; {marks}.",
        "Target mask[ of the <input|given image>], keyed by description: {json_list}",
        "A map of highlighted regions in <the image|the photo>. {facts}.",
    ),
    slots=legend_slots(EXPRESSION),
)
