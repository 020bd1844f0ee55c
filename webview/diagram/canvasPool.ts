/** Canvases that are drawn on behind the one that is shown: making one costs more than most of what is drawn on it. */
interface CanvasPool {
  /** A canvas of this size, with whatever was drawn on it before. */
  take(width: number, height: number): CanvasRenderingContext2D | null;
  giveBack(canvas: HTMLCanvasElement | undefined): void;
}

/** @param most of those that were given back, so many are kept: the last ones */
export function createCanvasPool(most: number): CanvasPool {
  let free: HTMLCanvasElement[] = [];
  return {
    take(width, height) {
      const known = free.find((canvas) => canvas.width === width && canvas.height === height);
      free = free.filter((canvas) => canvas !== known);
      return (known ?? createCanvas(width, height)).getContext('2d', { alpha: false });
    },
    giveBack(canvas) {
      if (canvas && !free.includes(canvas)) free = [canvas, ...free].slice(0, most);
    },
  };
}

function createCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
