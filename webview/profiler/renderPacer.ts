/** How often news is drawn while it streams in: once a frame at most, and drawing takes a quarter of the time at most. */

/** So many times as long as the last drawing took is left to everything else. */
const REST = 3;
/** A page that is not in sight is given no frames. */
const PATIENCE_MS = 250;

export class RenderPacer {
  private isDue = false;
  private notBefore = 0;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly render: () => void) {}

  /** Draws what has come: with the next frame, or a little later where drawing is slow. */
  soon(): void {
    if (this.isDue) return;
    this.isDue = true;
    const waitMs = this.notBefore - performance.now();
    if (waitMs > 0) this.timer = setTimeout(() => this.awaitFrame(), waitMs);
    else this.awaitFrame();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }

  private awaitFrame(): void {
    this.frame = requestAnimationFrame(this.draw);
    this.timer = setTimeout(this.draw, PATIENCE_MS);
  }

  private readonly draw = (): void => {
    this.stop();
    this.isDue = false;
    const startedAt = performance.now();
    this.render();
    // Comes after the browser has laid it out and painted it.
    setTimeout(() => {
      const now = performance.now();
      this.notBefore = now + REST * (now - startedAt);
    });
  };
}
