/** A finding as a story in three steps, left to right: what fed it, where it happened and what it cost, what the fix would give. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { isInPackage } from '../../src/core/profile/packageOf';
import type { Finding, ScopeDetail, Site } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { cost, findingAsText, fixCode, fixLine, parentTitle, parentYield, placeCode, placeTitle, usually } from './findingWords';
import { breakable, icon, siteLink, spoken, unbroken, withCode } from './pieces';
import { nameOperation } from './queryRows';
import { countQueries, formatCount, formatSite } from './words';

export interface FindingCardOptions {
  readonly detail: ScopeDetail;
  readonly folders: readonly string[];
  readonly actions: PanelActions;
  readonly expanded: boolean;
  onToggle(): void;
}

export function findingCard(finding: Finding, options: FindingCardOptions): TemplateResult {
  const { expanded, onToggle } = options;
  const warning = finding.severity === 'warning';
  const body = `finding-body-${finding.id}`;
  return html`<article
    class="finding ${warning ? 'tone-warning' : 'tone-info'}"
    aria-labelledby="finding-${finding.id}"
    data-finding-kind=${finding.kind}
    data-finding-id=${finding.id}
    data-proven=${finding.parent?.proven === true}
    data-editable=${finding.advice.editable}
  >
    <h3>
      <button class="finding-head" aria-expanded=${expanded} aria-controls=${body} @click=${onToggle}>
        ${icon(expanded ? 'chevron-down' : 'chevron-right', 'twistie')}
        ${icon(warning ? 'circle-filled' : 'info', 'mark')}${spoken(warning ? 'Warning: ' : 'Hint: ')}
        <span id="finding-${finding.id}" class="finding-title">${withCode(finding.message.replace(/\.$/, ''))}</span>
        ${expanded ? nothing : html`<span class="secondary number finding-cost">${cost(finding)}</span>`}
      </button>
    </h3>
    <div id=${body} ?hidden=${!expanded}>${expanded ? story(finding, options) : nothing}</div>
  </article>`;
}

function story(finding: Finding, options: FindingCardOptions): TemplateResult {
  return html`<ol class="story">
      ${parentStep(finding, options)} ${placeStep(finding, options)} ${fixStep(finding, options)}
    </ol>
    ${buttons(finding, options)}`;
}

function parentStep(finding: Finding, { detail, folders, actions }: FindingCardOptions): TemplateResult | typeof nothing {
  if (finding.parent === null) {
    const loop = finding.kind === 'lazy-n-plus-one' || finding.kind === 'loop-n-plus-one';
    return loop
      ? html`<li class="step unknown">
          <div class="step-title">fed by · <b>unknown</b></div>
          <div class="step-text">What the loop ran over was not seen in this request.</div>
        </li>`
      : nothing;
  }
  const { title, why } = parentTitle(finding);
  return html`<li class="step">
    <div class="step-title" title=${why}>fed by · <b>${title}</b>${icon(finding.parent.proven ? 'verified' : 'question')}</div>
    <code>${breakable(nameOperation({ ...finding.parent, relation: null }))}</code>
    <div class="step-fact">${unbroken(parentYield(finding, detail))}</div>
    ${place(finding.parent.site, actions, folders)}
  </li>`;
}

function placeStep(finding: Finding, { detail, folders, actions }: FindingCardOptions): TemplateResult {
  const each = finding.parent !== null && finding.kind.endsWith('n-plus-one');
  const { entity, relation } = finding;
  const code = placeCode(finding, detail);
  return html`<li class="step cost" data-arrow=${each ? 'each' : finding.parent ? 'then' : nothing}>
    <div class="step-title">${placeTitle(finding.kind)}</div>
    ${
      entity !== null && relation !== null
        ? html`<button class="link code" title="Show ${entity}.${relation} in the diagram" @click=${() => actions.showInDiagram(entity, relation)}>
            ${code}
          </button>`
        : html`<code>${breakable(code)}</code>`
    }
    <div class="step-fact loud">${unbroken(cost(finding))}</div>
    ${finding.usual === undefined ? nothing : html`<div class="step-text" data-usual>${unbroken(usually(finding.usual))}</div>`}
    ${place(finding.site, actions, folders)}
  </li>`;
}

function fixStep(finding: Finding, { detail }: FindingCardOptions): TemplateResult {
  const { advice, kind } = finding;
  const code = fixCode(finding);
  const before = advice.currentQueryCount ?? detail.scope.queryCount;
  if (code.length === 0) {
    return html`<li class="step unknown" data-arrow="fix">
      <div class="step-title">no change is proposed</div>
      <div class="step-text">
        ${withCode(advice.reason ?? advice.whyNot ?? (kind === 'query-budget' ? 'The request runs more queries than its budget.' : ''))}
      </div>
    </li>`;
  }
  const disproved = advice.withdrawn !== undefined;
  return html`<li class="step ${disproved ? 'unknown' : 'predicted'}" data-arrow="fix">
    <div class="step-title">${disproved ? 'predicted, and disproved by a run' : 'predicted after the fix'}</div>
    ${code.map((line) => html`<code>${line}</code> `)}
    ${
      advice.predictedQueryCount === null
        ? nothing
        : html`<div class="step-fact">
            <span class="secondary">${formatCount(before)} →</span> <b>${countQueries(advice.predictedQueryCount)}</b>${strategy(advice.strategy)}
          </div>`
    }
    ${advice.reason === null ? nothing : html`<div class="step-text">${withCode(advice.reason)}</div>`}
  </li>`;
}

function strategy(name: string | null): string {
  return name === 'join' ? ' · one join' : '';
}

function place(site: Site | null, actions: PanelActions, folders: readonly string[]): TemplateResult | typeof nothing {
  if (site === null) return nothing;
  return html`<div class="step-place">
    ${siteLink(site, actions, folders)}${site.function === null ? nothing : html`<span class="secondary"> in ${site.function}</span>`}
    ${isInPackage(site) ? html`<div class="secondary">a package, not your code</div>` : nothing}
  </div>`;
}

function buttons(finding: Finding, { actions, folders }: FindingCardOptions): TemplateResult {
  const { advice, entity, relation, site } = finding;
  const placeOf = (site: Site): string => formatSite(site, folders);
  const proposed = fixCode(finding).length > 0;
  return html`<div class="actions">
    ${proposed ? fixButton(finding, actions) : nothing}
    ${
      entity === null
        ? nothing
        : html`<vscode-button secondary data-action="diagram" @click=${() => actions.showInDiagram(entity, relation)}>Show in diagram</vscode-button>`
    }
    ${
      site === null || isInPackage(site)
        ? nothing
        : html`<vscode-button secondary data-action="pause" title="Set a breakpoint at ${placeOf(site)}" @click=${() => actions.pauseAt(site)}
            >Pause here next time</vscode-button
          >`
    }
    ${smallButtons(finding, placeOf, actions)}
    ${
      proposed && !advice.editable
        ? html`<span id=${whyNotId(finding)} class="why-not"
            >${icon('info')} ${withCode(advice.whyNot ?? 'This change has to be written by hand.')}</span
          >`
        : nothing
    }
  </div>`;
}

/** Where no edit is offered it is shown all the same, and the reason stands beside it. */
function fixButton(finding: Finding, actions: PanelActions): TemplateResult {
  const { editable } = finding.advice;
  const line = fixLine(finding);
  return html`<vscode-button
    data-action="fix"
    title="Shows the change beside the file; nothing is edited before you apply it"
    ?disabled=${!editable}
    aria-describedby=${editable ? nothing : whyNotId(finding)}
    @click=${() => actions.fixFinding(finding)}
    >${line === null ? 'Fix…' : `Fix at line ${line}…`}</vscode-button
  >`;
}

function whyNotId({ id }: Finding): string {
  return `why-not-${id}`;
}

function smallButtons(finding: Finding, placeOf: (site: Site) => string, actions: PanelActions): TemplateResult {
  return html`<span class="small-actions">
    <vscode-toolbar-button
      icon="bell-slash"
      label="Suppress…"
      title="Suppress: it is known and meant"
      data-action="suppress"
      @click=${() => actions.suppress(finding)}
    ></vscode-toolbar-button>
    <vscode-toolbar-button
      icon="copy"
      label="Copy"
      title="Copy the finding as text"
      data-action="copy-finding"
      @click=${() => actions.copy(findingAsText(finding, placeOf), 'finding')}
    ></vscode-toolbar-button>
  </span>`;
}
