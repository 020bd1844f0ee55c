/**
 * The sash between two panes, one of which has a size. Our own because the one of vscode-elements can neither be focused nor moved by keys.
 */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from './lightElement';

@customElement('rl-splitter')
export class Splitter extends LightElement {
  /** True where it divides above from below. */
  @property({ attribute: false }) stacked = false;
  @property({ attribute: false }) label = '';
  /** Size in pixels of the pane before it, or of the pane after it where that is the one that has a size. */
  @property({ attribute: false }) size = 0;
  @property({ attribute: false }) sizes: 'before' | 'after' = 'before';
  @property({ attribute: false }) minimum = 0;
  @property({ attribute: false }) maximum = 0;
  @property({ attribute: false }) onResize!: (size: number | null) => void;

  protected override render(): TemplateResult {
    return html`<div
      class="sash"
      role="separator"
      tabindex="0"
      aria-label=${this.label}
      aria-orientation=${this.stacked ? 'horizontal' : 'vertical'}
      aria-valuenow=${Math.round(this.size)}
      aria-valuemin=${Math.round(this.minimum)}
      aria-valuemax=${Math.round(this.maximum)}
      @pointerdown=${this.onPointerDown}
      @keydown=${this.onKey}
      @dblclick=${() => this.onResize(null)}
    ></div>`;
  }

  private readonly onPointerDown = (event: PointerEvent): void => {
    const sash = event.currentTarget as HTMLElement;
    const from = this.stacked ? event.clientY : event.clientX;
    const start = this.size;
    const move = (moved: PointerEvent): void => this.grow(start, (this.stacked ? moved.clientY : moved.clientX) - from);
    const release = (): void => {
      sash.removeEventListener('pointermove', move);
      sash.removeEventListener('lostpointercapture', release);
    };
    sash.setPointerCapture(event.pointerId);
    sash.addEventListener('pointermove', move);
    sash.addEventListener('lostpointercapture', release);
    event.preventDefault();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const less = this.stacked ? 'ArrowUp' : 'ArrowLeft';
    const more = this.stacked ? 'ArrowDown' : 'ArrowRight';
    const step = event.key === less ? -20 : event.key === more ? 20 : 0;
    if (step === 0) return;
    event.preventDefault();
    this.grow(this.size, step);
  };

  /** Moves the sash by some pixels to the right or down. */
  private grow(size: number, pixels: number): void {
    const wanted = this.sizes === 'before' ? size + pixels : size - pixels;
    this.onResize(Math.max(this.minimum, Math.min(wanted, this.maximum)));
  }
}
