"""A digest of all that is asked of the frames of SRC over some epochs, by a process of its own: SRC EPOCHS."""

import sys
from hashlib import sha256
from pathlib import Path

from scenegen.dataset.records import read_record
from scenegen.dataset.stored_frames import open_frames
from scenegen.dataset.triplets import triplets_of
from schemas.unit import units_of

if __name__ == "__main__":
    source = read_record(src := Path(sys.argv[1]))
    frames_of_unit = open_frames(source.model_copy(update={"frames_from": source.digest()}), str(src), 1)
    shots = [shot for unit in units_of(source.spec) for shot in frames_of_unit(unit) if isinstance(shot, tuple)]
    digest = sha256()
    for epoch in range(int(sys.argv[2])):
        spec = source.spec.model_copy(update={"epoch": epoch})
        for plan, frame in shots:
            for triplet in triplets_of(frame, plan, spec, b""):
                digest.update(triplet.edit_prompt.encode() + triplet.target_png)
    print(digest.hexdigest())
