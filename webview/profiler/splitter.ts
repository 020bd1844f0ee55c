/**
 * The sash between the requests and the request. Our own because the one of vscode-elements can neither be focused nor moved by keys.
 */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LightElement } from './lightElement';

@customElement('rl-splitter')
export class Splitter extends LightElement {
  /** True where it divides above from below. */
  @property({ attribute: false }) stacked = false;
  /** Size of what comes before it, in pixels. */
  @property({ attribute: false }) size = 0;
  @property({ attribute: false }) minimum = 0;
  @property({ attribute: false }) maximum = 0;
  @property({ attribute: false }) onResize!: (size: number | null) => void;

  protected override render(): TemplateResult {
    return html`<div
      class="sash"
      role="separator"
      tabindex="0"
      aria-label="Size of the requests list"
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
    const move = (moved: PointerEvent): void => this.onResize(this.clamp(start + (this.stacked ? moved.clientY : moved.clientX) - from));
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
    this.onResize(this.clamp(this.size + step));
  };

  private clamp(size: number): number {
    return Math.max(this.minimum, Math.min(size, this.maximum));
  }
}
