/** Canvases that are drawn on behind the one that is shown: making one costs more than most of what is drawn on it. */

interface CanvasPool {
  /** A canvas of this size, with whatever was drawn on it before. */
  take(width: number, height: number): CanvasRenderingContext2D | null;
  giveBack(canvas: HTMLCanvasElement | undefined): void;
}

/** Pictures behind the one that is shown: to make a canvas of megabytes for each would take longer than a frame may. */
export function createCanvasPool(): CanvasPool {
  let free: HTMLCanvasElement[] = [];
  return {
    take(width, height) {
      free = free.filter((canvas) => canvas.width === width && canvas.height === height);
      return free.pop()?.getContext('2d', { alpha: false }) ?? createCanvas(width, height);
    },
    giveBack(canvas) {
      if (canvas && free.length < 2 && !free.includes(canvas)) free.push(canvas);
    },
  };
}

/** Sides of the canvases for parts are whole multiples of this, so that few of them serve all. */
const pieceStep = 64;
/** Tiles, and the strips that two directions of panning leave open. */
const mostPieces = 4;

function roundUp(side: number): number {
  return Math.ceil(side / pieceStep) * pieceStep;
}

/** Canvases for parts that are drawn one after the other: to make one for each costs as much as what is drawn on it. */
export function createPieces(): { take(width: number, height: number): CanvasRenderingContext2D | null } {
  let kept: CanvasRenderingContext2D[] = [];
  return {
    take(leastWidth, leastHeight) {
      const [width, height] = [roundUp(leastWidth), roundUp(leastHeight)];
      const known = kept.find(({ canvas }) => canvas.width === width && canvas.height === height);
      const piece = known ?? createCanvas(width, height);
      if (piece) kept = [piece, ...kept.filter((other) => other !== piece)].slice(0, mostPieces);
      return piece;
    },
  };
}

function createCanvas(width: number, height: number): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d', { alpha: false });
}
