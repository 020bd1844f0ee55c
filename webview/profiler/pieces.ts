/** Small templates that several parts of the panel share. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Operation, Query, Site } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { sparklineHeight, sparklinePath, sparklineWidth, tickPath, waterfallPath, waterfallWidth } from './pictures';
import type { SqlToken, SqlTokenKind } from './sql/tokenizeSql';
import { fileName, formatSite } from './words';

/** A codicon; decoration only, so words must stand beside it. */
export function icon(name: string, classes = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${classes}" aria-hidden="true"></span>`;
}

/** Words for screen readers where sighted users have a mark. */
export function spoken(text: string): TemplateResult {
  return html`<span class="spoken">${text}</span>`;
}

/** What has come while something stood still, and the way there; `text` ends before the word "requests". */
export function newRequestsButton(text: string, count: number, title: string, onClick: () => void): TemplateResult {
  return html`<button class="new-requests" title=${title} @click=${onClick}>
    ${icon('arrow-up')}${text}${spoken(count === 1 ? ' request' : ' requests')}
  </button>`;
}

/** A link to a line of source; in rows of a grid it takes no tab stop (F12 on the row does the same). */
export function siteLink(
  site: Site | null,
  actions: PanelActions,
  folders: readonly string[],
  { short = false, tabStop = true } = {},
): TemplateResult | typeof nothing {
  if (site === null) return nothing;
  const full = formatSite(site, folders);
  const open = (event: Event): void => {
    event.stopPropagation();
    actions.openSite(site);
  };
  return html`<button
    class="link place"
    tabindex=${tabStop ? 0 : -1}
    title="Open ${full}${site.function ? ` (${site.function})` : ''}"
    @click=${open}
  >
    ${short ? fileAndLine(site) : pathInTwo(full, site)}
  </button>`;
}

/** The folders apart from the file and its line, which say most. */
function pathInTwo(full: string, site: Site): TemplateResult {
  const folders = full.slice(0, full.lastIndexOf('/') + 1);
  return html`<span class="folders">${breakable(folders)}</span><wbr /><span class="file-line">${fileAndLine(site)}</span>`;
}

/** Where there is no room for both, the file's name is cut and the line is not. */
function fileAndLine(site: Site): TemplateResult {
  return html`<span class="file">${fileName(site)}</span>:${site.line}`;
}

/** A sentence in which names stand between backticks. */
export function withCode(text: string): readonly (string | TemplateResult)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

/** A long name that may break before its dots and after its slashes rather than anywhere. */
export function breakable(name: string): readonly (string | TemplateResult)[] {
  return name.split(/(?=\.\w+\()|(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [html`<wbr />`, part]));
}

/** Facts with dots between them, which break there and never between a number and its unit. */
export function unbroken(facts: string): readonly (string | TemplateResult)[] {
  return facts.split(' · ').flatMap((fact, index) => [index === 0 ? '' : ' · ', html`<span class="unbroken">${fact}</span>`]);
}

/** White space stays with the token before it: a text of nothing else is left out of what a screen reader is told (Chromium), which would then say `SELECTid`. */
export function highlightSql(tokens: readonly SqlToken[]): readonly (string | TemplateResult)[] {
  const runs: { readonly tone: SqlTokenKind | null; text: string }[] = [];
  for (const { kind, text } of tokens) {
    const last = runs.at(-1);
    const tone = kind === 'word' || kind === 'punctuation' ? null : kind;
    if (last && (kind === 'space' || last.tone === tone)) last.text += text;
    else runs.push({ tone: kind === 'space' ? null : tone, text });
  }
  return runs.map(({ tone, text }) => (tone === null ? text : html`<span class="sql-${tone}">${text}</span>`));
}

/** Where a row's queries lie in the request's time, with a line at each round time; paler, the calls that ran them and what they waited for. */
export function waterfall(queries: readonly Query[], totalMs: number, tone: string, calls: readonly Operation[] = []): TemplateResult {
  const waits = queries.flatMap(({ offsetMs, waitMs = 0 }) => (waitMs > 0 ? [{ offsetMs: Math.max(offsetMs - waitMs, 0), durationMs: waitMs }] : []));
  return html`<svg class="waterfall ${tone}" viewBox="0 0 ${waterfallWidth} 10" preserveAspectRatio="none" aria-hidden="true">
    ${calls.length > 0 ? svg`<path class="calls" d=${waterfallPath(calls, totalMs)}></path>` : nothing}
    ${waits.length > 0 ? svg`<path class="waits" d=${waterfallPath(waits, totalMs)}></path>` : nothing}
    <path class="ticks" d=${tickPath(totalMs)}></path>
    <path class="bars" d=${waterfallPath(queries, totalMs)}></path>
  </svg>`;
}

/** Counts of earlier runs and this one; nothing where there is no earlier run. */
export function sparkline(history: readonly number[], current: number, tone: string): TemplateResult {
  const { path, lastY } = sparklinePath([...history, current]);
  return html`<svg class="sparkline ${tone}" width=${sparklineWidth} height=${sparklineHeight} aria-hidden="true">
    ${history.length > 0 ? svg`<path d=${path}></path><circle cx=${sparklineWidth - 3} cy=${lastY} r="1.75"></circle>` : nothing}
  </svg>`;
}
