"""Prompts for semantic segmentation: classes and their colours, the background among them where it is said.

A legend that ends in a label is followed by a full stop or nothing, since a label may be of any words.
"""

from scenegen.encoders.prompts.grammar import Grammar, templates_of
from scenegen.encoders.prompts.legends import legend_slots
from scenegen.encoders.prompts.phrases import CLASS
from scenegen.encoders.prompts.request import SemanticRequest

SEMANTIC_GRAMMAR = Grammar[SemanticRequest](
    "semantic",
    instructions=templates_of(
        "Segment <this image|the photo|the scene> by class[, pixel by pixel], with these colors: {json}",
        "Label <every|each> pixel of <the photo|this scene> with its class {pairs}.",
        "Produce a semantic segmentation map of <the input|this picture>. <Legend|Color key>: {keys}.",
        "Turn <this image|the input photo> into a semantic map: paint {paint}.",
        "Color <every|each> pixel by its class: {in}.",
        "Run semantic segmentation on <this photo|the given image> and <color|paint> {paint}.",
        "Classify <every|each> pixel[ of <this image|the view>]. Use {for}.",
        "Make a class map of <this image|the scene>, using {for}.",
        "Divide <the image|this picture> into classes and give each its color from this <table|list>: {json_list}",
        "Replace <every|each> pixel with the color of its <class|category>, where {marks}.",
        "I need a semantic segmentation of <this view|this photo>[, in flat colors]. {should}.",
        "Please segment <the picture|this scene> semantically; {marks}.",
        "Recolor <this image|the photograph> by <object class|semantic class>, with {in}.",
        "Show which class each pixel <belongs to|is part of>, with {in}.",
        "Create a <flat|plain> semantic segmentation map in which {marks}.",
        "Given the color coding {json}, label <the image|this photo> <by class|semantically>.",
        "Fill <each|every> semantic class of <the image|this scene> with its own <flat|solid> color: {keys}.",
        "What is where in <this photo|the scene>? Answer with a <class map|semantic map>. {should}.",
        "Show the semantic classes of <this view|the input> as <flat|solid> colors, <following|from> {json}",
    ),
    captions=templates_of(
        "A semantic segmentation map of <the input|the photo|this view>, with {in}.",
        "This image <shows|is> a per-pixel classification of <the input|the original>. <Key|Legend>: {keys}.",
        "A segmentation of <the input|the photo> by semantic class {pairs}.",
        "A dense class labeling of <the input image|the same view>, in which {marks}.",
        "<The input|The same scene> with every pixel <painted|colored> by its class: {in}.",
        "Semantic classes of <the scene|the photo|the given image> as flat colors: {for}.",
        "The same view as a class map, <drawn|painted> with this legend: {json}",
        "A color-coded class map[ of <the input|the view>]. {facts}.",
        "Semantic segmentation of <the photo|the given view>; {marks}.",
        "Each pixel of this image has the color of its <class|category>: {in}.",
        "A label map of <the input|the photograph>, colored by this table: {json_list}",
        "<The photo|The input>, reduced to its semantic classes: {paint}.",
        "A picture of the class of <every|each> pixel[ in the <input|scene>], with {in}.",
    ),
    slots=legend_slots(CLASS),
)
