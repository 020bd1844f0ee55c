/**
 * Draws as little as a gesture needs. Panning shifts what is on the canvas and draws only the strips that came into view. Zooming
 * shows the last whole picture, scaled, while the next one is drawn behind it, a few tiles with each frame; so no frame waits for
 * thousands of boxes. Everything else draws at once.
 */
import type { Painter } from '../../src/core/diagram/paint';
import type { Rect, Size } from '../../src/core/diagram/geometry';
import { pinnedDetailAt } from '../../src/core/diagram/detail';
import type { Camera } from './camera';
import { createCanvasPool } from './canvasPool';
import { drawFrame, type Frame } from './drawFrame';
import { cameraAt, isAt, shiftBetween, snapped } from './pixelCamera';
import { exposedStrips, stripsOver, tilesOf } from './viewParts';

export interface FrameCache {
  /**
   * Shows the frame. While `moving` it may show a scaled stand-in; `unrested` is true then, and this is to be called again, with each
   * frame when nothing moves any more, until it is false.
   */
  draw(frame: Frame, moving: boolean): { readonly unrested: boolean };
  /** The next frame is drawn whole and at once: something else than the camera changed. */
  invalidate(): void;
  /** The picture changed in details: what is shown may stay until the next one is complete. */
  refresh(): void;
  /** The picture changed in these areas of the plane, and nowhere else. */
  repaint(areas: readonly Rect[]): void;
}

/** Fewer lines of text than this are drawn at once by the first step of a zoom and when it ends; in between, letters of ever new sizes would take too long. */
const fewTexts = 120;
/** More boxes than this are not counted out. */
const manyBoxes = 40;
/** A stand-in that is scaled further than this is followed by a better one while the gesture goes on. */
const farScaling = 1.35;
/** The better one shows this much more than the view while one zooms out, so that it lasts. */
const outlook = 1.5;
/** A copy that is shifted is made anew when it leaves more than this open, and the strips to draw with each frame get broad. */
const openPart = 0.08;
/** Of a part that is drawn by itself, in CSS pixels. */
const rimWidth = 2;
/** Sides of the canvases for parts are whole multiples of this, so that few of them serve all. */
const pieceStep = 64;
/** Tiles, and the strips that two directions of panning leave open. */
const mostPieces = 4;
/** Time for drawing tiles in one frame: as much as the rest of it leaves, and less after one that took too long. */
const tilesMs = { least: 2, most: 5 };
/** The same when nothing moves: whoever waits for the picture waits for nothing else. */
const restingTilesMs = 12;
const longFrameMs = 20;

interface Drawn {
  readonly camera: Camera;
  readonly view: Size;
  /** What is shown scaled; null where it is the picture itself. */
  readonly scaled: Image | null;
}

interface Image {
  readonly camera: Camera;
  readonly canvas: HTMLCanvasElement;
}

/** A picture that is being drawn behind the one that is shown. */
interface Job extends Image {
  readonly frame: Frame;
  readonly context: CanvasRenderingContext2D;
  readonly tiles: Rect[];
}

export function createFrameCache(context: CanvasRenderingContext2D, painterFor: (context: CanvasRenderingContext2D) => Painter): FrameCache {
  const { canvas } = context;
  let drawn: Drawn | null = null;
  let standIn: Image | null = null;
  let job: Job | null = null;
  let budgetMs = tilesMs.most / 2;
  const spare = createCanvasPool(2);
  const pieces = createCanvasPool(mostPieces);
  let drawnAt = 0;
  let wasMoving = false;
  /** Areas of the plane that are drawn with the next frame. */
  let outdated: Rect[] = [];

  const drawWhole = (frame: Frame): { unrested: false } => {
    drawFrame(context, painterFor(context), frame, { x: 0, y: 0, ...frame.view });
    return finish(frame);
  };

  const finish = ({ camera, view }: Frame): { unrested: false } => {
    drawn = { camera, view, scaled: null };
    forgetStandIn();
    giveUpJob();
    outdated = [];
    return { unrested: false };
  };

  const forgetStandIn = (): void => {
    spare.giveBack(standIn?.canvas);
    standIn = null;
  };

  const giveUpJob = (): void => {
    spare.giveBack(job?.canvas);
    job = null;
  };

  /**
   * Draws a part of a view. On a canvas of its own: it is rasterised with this frame, instead of all parts together when the picture is
   * shown. And with a rim that is cut off: letters that only just reach over a border would be left out there.
   */
  const drawPiece = (onto: CanvasRenderingContext2D, frame: Frame, part: Rect, camera: Camera): void => {
    const { pixelRatio } = frame;
    const rim = Math.ceil(rimWidth * pixelRatio);
    const [x, y] = [Math.round(part.x * pixelRatio), Math.round(part.y * pixelRatio)];
    const [width, height] = [Math.round(part.width * pixelRatio), Math.round(part.height * pixelRatio)];
    const piece = pieces.take(roundUp(width + 2 * rim), roundUp(height + 2 * rim));
    if (!piece) return;
    const view = { width: (width + 2 * rim) / pixelRatio, height: (height + 2 * rim) / pixelRatio };
    const corner = cameraAt(camera, pixelRatio, x - rim, y - rim);
    drawFrame(piece, painterFor(piece), { ...frame, camera: corner, view }, { x: 0, y: 0, ...view });
    onto.setTransform(1, 0, 0, 1, 0, 0);
    onto.drawImage(piece.canvas, rim, rim, width, height, x, y, width, height);
    pieces.giveBack(piece.canvas);
  };

  /** Draws what changed into the picture that is shown. */
  const patch = (frame: Frame): void => {
    const strips = stripsOver(outdated, frame);
    outdated = [];
    if (strips === null) return void drawWhole(frame);
    for (const strip of strips) drawPiece(context, frame, strip, frame.camera);
    // Copies of what was shown before are out of date.
    if (strips.length > 0) forgetStandIn();
  };

  /** What is on the canvas becomes the stand-in. */
  const keepAsStandIn = ({ camera }: Drawn): void => {
    forgetStandIn();
    const copy = spare.take(canvas.width, canvas.height);
    copy?.drawImage(canvas, 0, 0);
    standIn = copy && { camera: snapped(camera, devicePixelRatio), canvas: copy.canvas };
  };

  /** Shifts a copy and draws what it leaves open. The canvas itself could be shifted too, but reading what one draws on costs more. */
  const shift = (frame: Frame, from: Drawn): { unrested: false } => {
    const { camera, view, pixelRatio } = frame;
    const step = shiftBetween(from.camera, camera, pixelRatio);
    if (step.x === 0 && step.y === 0) return { unrested: false };
    if (standIn?.camera.scale !== camera.scale) keepAsStandIn(from);
    let by = shiftBetween(standIn?.camera ?? from.camera, camera, pixelRatio);
    if (Math.abs(by.x) > canvas.width * openPart || Math.abs(by.y) > canvas.height * openPart) {
      keepAsStandIn(from);
      by = step;
    }
    if (!standIn || Math.abs(by.x) > canvas.width / 2 || Math.abs(by.y) > canvas.height / 2) return drawWhole(frame);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(standIn.canvas, by.x, by.y);
    for (const strip of exposedStrips(by, view, pixelRatio)) drawPiece(context, frame, strip, camera);
    drawn = { camera, view, scaled: null };
    return { unrested: false };
  };

  const showScaled = ({ camera, pixelRatio, colours, view }: Frame, image: Image): void => {
    const scaling = camera.scale / image.camera.scale;
    const zoom = camera.scale * pixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = true;
    const { width, height } = image.canvas;
    context.drawImage(image.canvas, (image.camera.x - camera.x) * zoom, (image.camera.y - camera.y) * zoom, width * scaling, height * scaling);
    drawn = { camera, view, scaled: image };
  };

  /** Draws some tiles of the picture behind; true when it is complete. */
  const advance = (own: Job, forMs: number): boolean => {
    const end = performance.now() + forMs;
    for (let part = own.tiles.pop(); part; part = performance.now() < end ? own.tiles.pop() : undefined) {
      drawPiece(own.context, own.frame, part, own.camera);
    }
    return own.tiles.length === 0;
  };

  const pace = (): void => {
    const now = performance.now();
    const frameMs = now - drawnAt;
    drawnAt = now;
    // After a pause the time since the last frame says nothing.
    if (frameMs > 200) return;
    budgetMs = frameMs > longFrameMs ? Math.max(tilesMs.least, budgetMs / 2) : Math.min(tilesMs.most, budgetMs + 1);
  };

  const stand = (frame: Frame, moving: boolean): { unrested: boolean } => {
    if (!moving && job && !isAt(job.camera, frame.camera)) giveUpJob();
    const scaling = standIn ? frame.camera.scale / standIn.camera.scale : Infinity;
    if (!job && (!moving || scaling > farScaling || scaling < 1 / farScaling)) {
      const back = spare.take(canvas.width, canvas.height);
      job = back && startJob(back, moving ? lookAhead(frame, scaling) : frame);
      // To begin is enough for one frame.
      if (moving && standIn) return showStandIn(frame, standIn);
    }
    if (job && advance(job, moving ? budgetMs : restingTilesMs)) {
      forgetStandIn();
      standIn = job;
      job = null;
      if (isAt(standIn.camera, frame.camera)) {
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.drawImage(standIn.canvas, 0, 0);
        drawn = { camera: frame.camera, view: frame.view, scaled: null };
        outdated = [];
        return { unrested: false };
      }
    }
    return standIn ? showStandIn(frame, standIn) : { unrested: true };
  };

  const showStandIn = (frame: Frame, image: Image): { unrested: true } => {
    if (drawn?.scaled !== image || drawn.camera !== frame.camera) showScaled(frame, image);
    return { unrested: true };
  };

  return {
    repaint(areas) {
      if (areas.length === 0) return;
      // What is drawn behind holds the picture before; it is begun again.
      giveUpJob();
      if (drawn?.scaled === null) outdated.push(...areas);
    },
    invalidate() {
      drawn = null;
      forgetStandIn();
      giveUpJob();
    },
    refresh() {
      giveUpJob();
      if (drawn?.scaled !== null) return;
      keepAsStandIn(drawn);
      drawn = { ...drawn, scaled: standIn };
    },
    draw(frame, moving) {
      pace();
      const goesOn = moving && wasMoving;
      wasMoving = moving;
      const { camera, view } = frame;
      if (!drawn || drawn.view.width !== view.width || drawn.view.height !== view.height) return drawWhole(frame);
      if (drawn.scaled === null && drawn.camera.scale === camera.scale) {
        shift(frame, drawn);
        patch(frame);
        return { unrested: false };
      }
      if (!goesOn && textsIn(frame) < fewTexts) return drawWhole(frame);
      if (drawn.scaled === null) keepAsStandIn(drawn);
      return stand(frame, moving);
    },
  };
}

function roundUp(side: number): number {
  return Math.ceil(side / pieceStep) * pieceStep;
}

function startJob(context: CanvasRenderingContext2D, frame: Frame): Job {
  const { camera, view, pixelRatio } = frame;
  return { frame, camera: snapped(camera, pixelRatio), canvas: context.canvas, context, tiles: tilesOf(view, pixelRatio) };
}

/** While one zooms out, the next picture shows what will be in view soon. */
function lookAhead(frame: Frame, scaling: number): Frame {
  if (scaling >= 1) return frame;
  const { camera, view } = frame;
  const scale = camera.scale / outlook;
  const margin = (outlook - 1) / 2 / camera.scale;
  return { ...frame, camera: { scale, x: camera.x - view.width * margin, y: camera.y - view.height * margin } };
}

/** Lines of text in view, which is what drawing costs; Infinity where counting them would cost as much. */
function textsIn({ picture, camera, view, mode }: Frame): number {
  const { bounds, boxes } = picture.scene;
  const { width, height } = { width: view.width / camera.scale, height: view.height / camera.scale };
  // Boxes are spread evenly enough for a guess.
  if (boxes.length * Math.min(1, (width * height) / Math.max(1, bounds.width * bounds.height)) > manyBoxes) return Infinity;
  const detail = pinnedDetailAt(camera.scale, mode.pinned);
  const visible = picture.boxIndex.query({ x: camera.x, y: camera.y, width, height });
  return visible.reduce((sum, { shape }) => sum + 1 + (detail === 'all' ? shape.rows.length : 0), 0);
}
