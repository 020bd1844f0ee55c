/** What the panel says when there is nothing, or not everything, to show: what is the matter, and what to do next. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { RunInfo, ScopeSummary } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { icon } from './pieces';
import { canRunAgain, runAgainHint } from './proof';
import { countOf, countQueries, formatTime } from './words';

/** No run since the window was opened. */
export function noRun(actions: PanelActions): TemplateResult {
  return state(
    'no-run',
    'See what each request asks the database',
    html`<p>
      Start your app with <kbd>F5</kbd>, or run it with the query profiler. Each request then appears here with its queries, and with what to change.
    </p>`,
    html`${button('relationLens.runWithProfiler', 'Run with query profiler', actions)}${button(
      'workbench.action.debug.start',
      'Start debugging',
      actions,
      true,
    )}${button('relationLens.openRecording', 'Open recording…', actions, true)}`,
  );
}

/** A run without a request so far, or without any. */
export function noRequests(run: RunInfo, { nowMs, queries }: RunProgress, actions: PanelActions): TemplateResult {
  const { name, title, text, reasons, buttons } = runSays(run, { nowMs, queries }, actions);
  const outside = run.state === 'connected' && queries > 0 ? ` ${countQueries(queries)} ran outside of any request so far.` : '';
  return state(name, title, html`<p>${text}${outside}</p>`, buttons, html`${list(reasons)} ${said(run)}`);
}

/** The same in a line above a request of an earlier run, which is all there is to look at; an app that is there again may be asked it again. */
export function newRunNote(run: RunInfo, progress: RunProgress, shown: ScopeSummary, actions: PanelActions): TemplateResult {
  const { name, text, reasons, buttons } = runSays(run, progress, actions);
  const mayAskAgain = run.state === 'connected' && canRunAgain(shown);
  return html`<div class="new-run" role="status" data-state=${name}>
    <p>${text}</p>
    ${
      reasons.length === 0
        ? nothing
        : html`<details>
            <summary>What may be the matter</summary>
            ${list(reasons)}
          </details>`
    }
    <div class="actions">
      ${
        mayAskAgain
          ? html`<vscode-button data-action="rerun-here" title=${runAgainHint(shown)} @click=${() => actions.rerun()}
              >Run ${shown.name} again</vscode-button
            >`
          : buttons
      }
    </div>
  </div>`;
}

/** What a run has come to that has no requests. */
export interface RunProgress {
  readonly nowMs: number;
  /** Outside of any request. */
  readonly queries: number;
}

/** An app that has not loaded TypeORM for so long may never do, and the user is told why that may be. */
export const PATIENCE_MS = 10_000;

interface RunWords {
  readonly name: string;
  readonly title: string;
  readonly text: TemplateResult;
  readonly reasons: readonly TemplateResult[];
  readonly buttons: TemplateResult | typeof nothing;
}

function runSays(run: RunInfo, { nowMs, queries }: RunProgress, actions: PanelActions): RunWords {
  const app = html`<b>${run.name}</b>`;
  switch (run.state) {
    case 'waiting':
      return nowMs - run.startedAtMs < PATIENCE_MS
        ? {
            name: 'waiting',
            title: 'Waiting for TypeORM',
            text: html`${app} is starting. Requests appear as soon as it has loaded TypeORM.`,
            reasons: [],
            buttons: nothing,
          }
        : {
            name: 'not-connected',
            title: 'No TypeORM so far',
            text: html`${app} was started ${formatTime(run.startedAtMs)} and has not loaded TypeORM yet, or not where the profiler sees it.`,
            reasons: whyNotConnected,
            buttons: html`${debugConsoleButton(actions)}${button('relationLens.copyProfilerEnvironment', 'Copy environment', actions, true)}`,
          };
    case 'connected':
      return {
        name: 'no-requests',
        title: 'No request yet',
        text: html`${icon('pass-filled', 'tone-better')} Connected to ${app}${stack(run)}. Call a route, run a job or a test: its queries appear here.`,
        reasons: [],
        buttons: nothing,
      };
    case 'ended':
      return {
        name: 'ended',
        title: 'The run ended without a request',
        text: html`${app} ${endedHow(run, queries)} If it failed, the debug console says why.`,
        reasons: [],
        buttons: html`${debugConsoleButton(actions)}${button('relationLens.runWithProfiler', 'Run again with query profiler', actions, true)}`,
      };
  }
}

function endedHow({ typeormVersions }: RunInfo, queries: number): string {
  if (queries > 0) return `ran ${countQueries(queries)} and ended before its first request.`;
  return typeormVersions.length === 0 ? 'ended before it loaded TypeORM.' : 'ran no query through TypeORM.';
}

const whyNotConnected = [
  html`It still compiles, or waits for something: there is nothing to do.`,
  html`It answers already, and a script or file sets <code>NODE_OPTIONS</code> anew, which takes the profiler out: let it add to what is there, as in
    <code>NODE_OPTIONS="$NODE_OPTIONS --max-old-space-size=4096"</code>.`,
  html`The process with TypeORM is started elsewhere (another terminal, a script that passes no environment on): start it with the environment that
  the button copies.`,
  html`It is bundled together with TypeORM: call <code>globalThis[Symbol.for('relation-lens')]?.attach(dataSource)</code> once it is initialised.`,
];

/** Its queries were seen, and counted, and had to give way to those of later requests. */
export function detailsGone({ runId, queryCount }: ScopeSummary, actions: PanelActions): TemplateResult {
  const isRecording = runId.startsWith('recording:');
  return html`<div class="state" data-state="details-gone">
    <h3>Details are gone</h3>
    <p>
      The counts above are exact, but ${queryCount === 1 ? 'this request’s query is' : `this request’s ${countQueries(queryCount)} are`} not listed
      any more${isRecording ? '' : ': later requests took the room. Call the route again, or open the run’s recording'}.
    </p>
    ${isRecording ? nothing : html`<div class="actions">${button('relationLens.openRecording', 'Open recording…', actions, true)}</div>`}
  </div>`;
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

function button(command: string, label: string, actions: PanelActions, secondary = false): TemplateResult {
  return html`<vscode-button ?secondary=${secondary} data-command=${command} @click=${() => actions.runCommand(command)}>${label}</vscode-button>`;
}

function debugConsoleButton(actions: PanelActions): TemplateResult {
  return button('workbench.panel.repl.view.focus', 'Show debug console', actions);
}

function list(reasons: readonly TemplateResult[]): TemplateResult | typeof nothing {
  if (reasons.length === 0) return nothing;
  return html`<ul class="reasons">
    ${reasons.map((reason) => html`<li>${reason}</li>`)}
  </ul>`;
}

type Part = TemplateResult | typeof nothing;

function state(name: string, title: string, text: TemplateResult, buttons: Part = nothing, more: Part = nothing): TemplateResult {
  return html`<section class="state" data-state=${name}>
    <h2>${title}</h2>
    ${text}
    <div class="actions">${buttons}</div>
    ${more}
  </section>`;
}

function said({ message }: RunInfo): TemplateResult | typeof nothing {
  return message === null ? nothing : html`<p class="note">${icon('info')} ${message}</p>`;
}

function stack({ typeormVersions, drivers }: RunInfo): string {
  const parts = [...typeormVersions.map((version) => `TypeORM ${version}`), ...drivers];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
