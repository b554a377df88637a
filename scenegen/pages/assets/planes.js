"use strict";
// Unpacks what scenegen/pages/planes.py packs: whole numbers, one a pixel.
const unpackedPlane = (() => {
  async function inflated(data) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** Returns the numbers of a plane, row after row. */
  return async function (plane) {
    const { width, height } = plane;
    const size = width * height;
    const cut = await inflated(plane.data);
    const numbers = new Int32Array(size);
    for (let at = 0; at < size; at++) {
      let folded = 0;
      for (let part = 0; part < plane.bytes; part++) folded |= cut[part * size + at] << (8 * part);
      const column = at % width;
      const left = column ? numbers[at - 1] : 0;
      const above = at >= width ? numbers[at - width] : 0;
      const aboveLeft = column && at >= width ? numbers[at - width - 1] : 0;
      numbers[at] = ((folded >>> 1) ^ -(folded & 1)) + left + above - aboveLeft;
    }
    return numbers;
  };
})();
