"use strict";
// Points of a frame in 3D: as its depth target is decoded, and as they truly are, seen by one camera.
// There is one canvas for the whole page; it moves to the frame that was opened last.
(() => {
  const MOST_POINTS = 500000;
  const STACKED_BELOW_PX = 620;
  const views = [...document.querySelectorAll("details.cloud")];
  if (!views.length) return;

  /** A colour as it shall appear: the renderer converts none. */
  const shade = (hex) => new THREE.Color().setHex(hex, "srgb-linear");

  /** Returns x, y, z in world axes of a point of the frame's camera (x right, y down, z forward), from the camera. */
  function turned(pose, x, y, z) {
    return [0, 4, 8].map((row) => pose[row] * x + pose[row + 1] * y + pose[row + 2] * z);
  }

  function points(frame, depthAt) {
    const [fx, , cx, , fy, cy] = frame.intrinsics;
    const step = Math.ceil(Math.sqrt((frame.width * frame.height) / MOST_POINTS));
    const places = [];
    const colors = [];
    for (let row = 0; row < frame.height; row += step) {
      for (let column = 0; column < frame.width; column += step) {
        const at = row * frame.width + column;
        const z = depthAt(at);
        if (z === null || z === undefined) continue;
        places.push(...turned(frame.cam2world, ((column + 0.5 - cx) / fx) * z, ((row + 0.5 - cy) / fy) * z, z));
        colors.push(frame.picture[4 * at] / 255, frame.picture[4 * at + 1] / 255, frame.picture[4 * at + 2] / 255);
      }
    }
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(new Float32Array(places), 3));
    geometry.setAttribute("color", new THREE.BufferAttribute(new Float32Array(colors), 3));
    return new THREE.Points(
      geometry,
      new THREE.PointsMaterial({ size: 2.5, sizeAttenuation: false, vertexColors: true }),
    );
  }

  /** Returns the pyramid of what the camera sees, as high as `far`. */
  function frustum(frame, far, color) {
    const [fx, , cx, , fy, cy] = frame.intrinsics;
    const corner = (u, v) => turned(frame.cam2world, ((u - cx) / fx) * far, ((v - cy) / fy) * far, far);
    const corners = [corner(0, 0), corner(frame.width, 0), corner(frame.width, frame.height), corner(0, frame.height)];
    const lines = corners.flatMap((each, side) => [0, 0, 0, ...each, ...each, ...corners[(side + 1) % 4]]);
    const up = [corner(frame.width * 0.35, 0), corner(frame.width * 0.5, -frame.height * 0.2), corner(frame.width * 0.65, 0)];
    lines.push(...up[0], ...up[1], ...up[1], ...up[2]);
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.BufferAttribute(new Float32Array(lines), 3));
    return new THREE.LineSegments(geometry, new THREE.LineBasicMaterial({ color }));
  }

  function medianDepth(frame, depthAt) {
    const depths = [];
    for (let at = 0; at < frame.width * frame.height; at += 7) {
      const z = depthAt(at);
      if (z !== null && z !== undefined) depths.push(z);
    }
    depths.sort((a, b) => a - b);
    return depths.length ? depths[depths.length >> 1] : 1;
  }

  function makeViewer() {
    const renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
    renderer.outputColorSpace = "srgb-linear"; // colours are those of the picture already
    renderer.setScissorTest(true);
    renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2));
    const canvas = renderer.domElement;
    const camera = new THREE.PerspectiveCamera(50, 1, 0.01, 1000);
    camera.up.set(0, 0, 1);
    const controls = new THREE.OrbitControls(camera, canvas);
    controls.enableZoom = false;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    let scenes = [];
    let shown = null;

    function draw() {
      if (!shown) return;
      const width = shown.place.clientWidth;
      const height = shown.place.clientHeight;
      renderer.setSize(width, height);
      const stacked = document.documentElement.clientWidth <= STACKED_BELOW_PX;
      scenes.forEach((scene, number) => {
        const share = 1 / scenes.length;
        const box = stacked
          ? [0, height * (1 - share * (number + 1)), width, height * share]
          : [width * share * number, 0, width * share, height];
        renderer.setViewport(...box);
        renderer.setScissor(...box);
        renderer.setClearColor(shade(dark.matches ? 0x1d2127 : 0xf3f5f7));
        camera.aspect = box[2] / box[3];
        camera.updateProjectionMatrix();
        renderer.render(scene, camera);
      });
    }

    function look(from) {
      const far = shown.median;
      const axis = (x, y, z) => new THREE.Vector3(...turned(shown.frame.cam2world, x, y, z));
      const middle = axis(0, 0, far);
      const up = new THREE.Vector3(0, 0, 1);
      controls.target.copy(middle);
      if (from === "above") camera.position.copy(middle).addScaledVector(up, 2.6 * far).add(axis(0, 0, -0.05 * far));
      else if (from === "side") camera.position.copy(middle).add(axis(1.9 * far, 0, 0)).addScaledVector(up, 0.7 * far);
      else camera.position.copy(axis(0, 0, -0.45 * far)).addScaledVector(up, 0.2 * far);
      camera.near = far / 200;
      camera.far = far * 2000;
      controls.update();
      draw();
    }

    function turn(across, upward, nearer) {
      const offset = camera.position.clone().sub(controls.target);
      const length = offset.length();
      const heading = Math.atan2(offset.y, offset.x) + across;
      const height = Math.min(Math.max(Math.asin(offset.z / length) + upward, -1.54), 1.54);
      const flat = Math.cos(height);
      offset.set(flat * Math.cos(heading), flat * Math.sin(heading), Math.sin(height)).multiplyScalar(length * nearer);
      camera.position.copy(controls.target).add(offset);
      controls.update();
      draw();
    }

    function emptied() {
      for (const scene of scenes) {
        scene.children.forEach((child) => (child.geometry.dispose(), child.material.dispose()));
      }
      scenes = [];
    }

    async function show(place, section) {
      const frame = await readingsOf(section);
      const depth = frame.targets.find((target) => target.task === "depth");
      const kinds = [...(depth ? [depth.value] : []), ...(frame.truth ? [frame.truth.depth] : [])];
      emptied();
      const median = medianDepth(frame, kinds[0]);
      scenes = kinds.map((depthAt) => {
        const scene = new THREE.Scene();
        scene.add(points(frame, depthAt), frustum(frame, median / 8, shade(0xe8590c)));
        return scene;
      });
      shown = { place, frame, median };
      place.append(canvas);
      watch.disconnect();
      watch.observe(place);
      look("camera");
    }

    const watch = new ResizeObserver(draw);
    controls.addEventListener("change", draw);
    dark.addEventListener("change", draw);
    return { show, look, turn, controls };
  }

  let viewer = null;
  function viewerHere(place) {
    try {
      viewer ??= makeViewer();
    } catch {
      place.querySelector(".cloud-labels").textContent = "This browser draws no WebGL, which 3D needs.";
    }
    return viewer;
  }

  const KEYS = {
    ArrowLeft: [-0.1, 0, 1],
    ArrowRight: [0.1, 0, 1],
    ArrowUp: [0, 0.1, 1],
    ArrowDown: [0, -0.1, 1],
    "+": [0, 0, 0.9],
    "-": [0, 0, 1.1],
  };

  for (const view of views) {
    const place = view.querySelector(".cloud-view");
    const open = () => {
      views.forEach((other) => other !== view && (other.open = false));
      viewerHere(place)?.show(place, view.closest("section"));
    };
    view.addEventListener("toggle", () => view.open && open());
    if (view.open) open();
    view.querySelectorAll("button").forEach((button) => {
      button.addEventListener("click", () => viewer?.look(button.dataset.from));
    });
    place.addEventListener("pointerdown", () => place.focus());
    place.addEventListener("focus", () => viewer && (viewer.controls.enableZoom = true));
    place.addEventListener("blur", () => viewer && (viewer.controls.enableZoom = false));
    place.addEventListener("keydown", (event) => {
      if (!KEYS[event.key] || !viewer) return;
      event.preventDefault();
      viewer.turn(...KEYS[event.key]);
    });
  }
})();
