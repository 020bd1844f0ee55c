/** What the panel says when there is nothing, or not everything, to show: what is the matter, and what to do next. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunInfo } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { icon } from './pieces';
import { countOf } from './words';

/** No run since the window was opened. */
export function noRun(actions: PanelActions): TemplateResult {
  return state(
    'no-run',
    'See what each request asks the database',
    html`<p>
      Start your app with <kbd>F5</kbd>, or run it with the query profiler. Each request then appears here with its queries, and with what to change.
    </p>`,
    html`<vscode-button data-command="relationLens.runWithProfiler" @click=${() => actions.runCommand('relationLens.runWithProfiler')}
        >Run with query profiler</vscode-button
      ><vscode-button secondary data-command="workbench.action.debug.start" @click=${() => actions.runCommand('workbench.action.debug.start')}
        >Start debugging</vscode-button
      >`,
  );
}

/** A run without a request so far, or without any. */
export function noRequests(run: RunInfo, actions: PanelActions): TemplateResult {
  switch (run.state) {
    case 'waiting':
      return state(
        'waiting',
        'Waiting for TypeORM',
        html`<p><b>${run.name}</b> is starting. Requests appear as soon as it has loaded TypeORM.</p>
          ${said(run)}`,
      );
    case 'connected':
      return state(
        'no-requests',
        'No queries yet',
        html`<p>
            ${icon('pass-filled', 'tone-better')} Connected to <b>${run.name}</b>${stack(run)}. Call a route, run a job or a test: its queries appear
            here.
          </p>
          ${said(run)}`,
      );
    case 'ended':
      return state(
        'ended',
        'The run ended without a query',
        html`<p><b>${run.name}</b> ${run.typeormVersions.length === 0 ? 'ended before it loaded TypeORM.' : 'ran no query through TypeORM.'}</p>
          ${said(run)}`,
        html`<vscode-button @click=${() => actions.runCommand('relationLens.runWithProfiler')}>Run again with query profiler</vscode-button>`,
      );
  }
}

/** Requests are there, none is open. */
export function nothingOpen(): TemplateResult {
  return state('nothing-open', 'Choose a request', html`<p>Its findings and queries are shown here.</p>`);
}

/** What the run has to say beneath the header: its own message, and what could not be kept. */
export function runNotes(run: RunInfo | null, dropped: number): TemplateResult | typeof nothing {
  const notes = [
    run?.message ?? null,
    dropped > 0 ? `Details of ${countOf(dropped, 'event')} could not be kept. All counts are exact; some queries are not listed.` : null,
  ].filter((note) => note !== null);
  if (notes.length === 0) return nothing;
  return html`<div class="notes" role="status">${notes.map((note) => html`<p class="note">${icon('info')} ${note}</p>`)}</div>`;
}

function state(name: string, title: string, text: TemplateResult, buttons: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<section class="state" data-state=${name}>
    <h2>${title}</h2>
    ${text}
    <div class="actions">${buttons}</div>
  </section>`;
}

function said({ message }: RunInfo): TemplateResult | typeof nothing {
  return message === null ? nothing : html`<p class="note">${icon('info')} ${message}</p>`;
}

function stack({ typeormVersions, drivers }: RunInfo): string {
  const parts = [...typeormVersions.map((version) => `TypeORM ${version}`), ...drivers];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
