"use strict";
// A frame's pictures: sliders between picture and target, and what target and truth say at a pixel.
// What a target's colours mean was read by scenegen.encoders and stands in the page as a table: colour -> what was read.

/** Reads a frame's data once; what it returns tells of pixels by their number, row after row. */
const readingsOf = (() => {
  const known = new WeakMap();

  async function colorsOf(image) {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  }

  /** Returns at(pixel) -> the row of a table that has the pixel's colour. */
  async function rowsByColor(target, image) {
    const colors = await unpackedPlane(target.colors);
    const row = new Map();
    colors.forEach((color, index) => row.set(color, index));
    const rgba = await colorsOf(image);
    return (at) => row.get((rgba[4 * at] << 16) | (rgba[4 * at + 1] << 8) | rgba[4 * at + 2]);
  }

  async function normalsOf(kept) {
    const planes = await Promise.all(kept.planes.map(unpackedPlane));
    return (at) => planes.map((plane) => plane[at] / kept.steps);
  }

  async function truthOf(kept) {
    const inverse = await unpackedPlane(kept.depth.inverse);
    const instances = await unpackedPlane(kept.instances);
    const scale = kept.depth.nearest_m * kept.depth.levels;
    return {
      depth: (at) => (inverse[at] ? scale / inverse[at] : null),
      normal: await normalsOf(kept.normals),
      instance: (at) => instances[at],
      names: kept.names,
    };
  }

  async function targetOf(kept, image) {
    if (kept.ids) {
      const ids = await unpackedPlane(kept.ids);
      return { ...kept, value: (at) => ids[at] };
    }
    const row = await rowsByColor(kept, image);
    if (kept.normals) {
      const normal = await normalsOf(kept.normals);
      return { ...kept, value: (at) => normal(row(at)) };
    }
    return { ...kept, value: (at) => kept.values[row(at)] };
  }

  async function read(section) {
    const data = JSON.parse(section.querySelector(".frame-data").textContent);
    const images = [...section.querySelectorAll(".target")];
    return {
      ...data,
      truth: data.truth && (await truthOf(data.truth)),
      targets: await Promise.all(data.targets.map((kept, number) => targetOf(kept, images[number]))),
      picture: await colorsOf(section.querySelector(".picture")),
    };
  }

  return (section) => {
    if (!known.has(section)) known.set(section, read(section));
    return known.get(section);
  };
})();

(() => {
  const NOT_KEPT = "not kept";
  const metres = (z) => (z === null ? "no surface" : `${z.toPrecision(4)} m`);
  const direction = (normal) =>
    normal.every((part) => part === 0) ? "no surface" : `(${normal.map((part) => part.toFixed(3)).join(", ")})`;

  function named(truth, at) {
    const instance = truth.instance(at);
    if (!instance) return "no surface";
    const [className, label] = truth.names[instance] ?? ["unnamed", "unnamed"];
    return `${label === className ? label : `${className}: ${label}`}, no. ${instance}`;
  }

  const decoded = {
    depth: (target, at) => metres(target.value(at)),
    normals: (target, at) => direction(target.value(at)),
    instance: (target, at) => (target.value(at) ? `object ${target.value(at)}` : "background"),
    semantic: (target, at) => target.labels[target.value(at)] ?? "background",
    referring: (target, at) => target.labels[target.value(at)] ?? "background",
  };

  function asked(target, truth, at) {
    return `${target.asked[truth.instance(at)] ?? "background"} (${named(truth, at)})`;
  }

  const actual = {
    depth: (target, truth, at) => metres(truth.depth(at)),
    normals: (target, truth, at) => direction(truth.normal(at)),
    instance: asked,
    semantic: asked,
    referring: asked,
  };

  function write(stage, texts) {
    stage.querySelectorAll(".reading dd").forEach((place, index) => {
      place.textContent = texts[index];
      place.title = texts[index];
    });
  }

  function tell(section, frame, x, y) {
    const at = y * frame.width + x;
    for (const stage of section.querySelectorAll(".stage")) {
      if (stage.dataset.kind === "picture") {
        write(stage, [`${x} across, ${y} down`, frame.truth ? named(frame.truth, at) : ""]);
      } else {
        const target = frame.targets[Number(stage.dataset.number)];
        const truth = frame.truth ? actual[target.task](target, frame.truth, at) : NOT_KEPT;
        write(stage, [decoded[target.task](target, at), truth]);
      }
    }
  }

  function mark(section, frame, x, y) {
    for (const view of section.querySelectorAll(".view")) {
      let cross = view.querySelector(".cross");
      if (!cross) {
        cross = document.createElement("div");
        cross.className = "cross";
        view.append(cross);
      }
      cross.style.left = `${(100 * (x + 0.5)) / frame.width}%`;
      cross.style.top = `${(100 * (y + 0.5)) / frame.height}%`;
    }
  }

  function wired(section) {
    const last = { x: null, y: null };

    async function point(place) {
      const frame = await readingsOf(section);
      const { x, y } = place(frame);
      last.x = Math.min(Math.max(x, 0), frame.width - 1);
      last.y = Math.min(Math.max(y, 0), frame.height - 1);
      mark(section, frame, last.x, last.y);
      tell(section, frame, last.x, last.y);
    }

    function pointAt(view, event) {
      const box = view.getBoundingClientRect();
      const across = (event.clientX - box.left) / box.width;
      const down = (event.clientY - box.top) / box.height;
      return point((frame) => ({ x: Math.floor(across * frame.width), y: Math.floor(down * frame.height) }));
    }

    const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

    function step(event) {
      const [x, y] = STEPS[event.key] ?? [0, 0];
      if (!x && !y) return;
      event.preventDefault();
      const far = event.shiftKey ? 10 : 1;
      point((frame) => ({
        x: (last.x ?? frame.width >> 1) + far * x,
        y: (last.y ?? frame.height >> 1) + far * y,
      }));
    }

    const first = section.querySelector(".picture");
    for (const stage of section.querySelectorAll(".stage")) {
      const view = stage.querySelector(".view");
      const slider = stage.querySelector(".slider");
      view.addEventListener("pointermove", (event) => pointAt(view, event));
      view.addEventListener("pointerdown", (event) => pointAt(view, event));
      view.addEventListener("keydown", step);
      if (!slider) continue;
      view.querySelector(".picture").src = first.src;
      const slide = () => view.style.setProperty("--at", `${slider.value}%`);
      const drag = (event) => {
        if (!event.buttons) return;
        const box = view.getBoundingClientRect();
        slider.value = String((100 * (event.clientX - box.left)) / box.width);
        slide();
      };
      slider.addEventListener("input", slide);
      view.addEventListener("pointerdown", (event) => {
        view.setPointerCapture(event.pointerId);
        drag(event);
      });
      view.addEventListener("pointermove", drag);
      slide();
    }
  }

  document.querySelectorAll("section.frame").forEach(wired);
})();
