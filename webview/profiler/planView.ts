/** How the database would run a query: a button that asks, and the steps it answered with. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { planSummary, type PlanStep } from '../../src/core/profile/explain/readPlan';
import type { Query } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { icon, spoken } from './pieces';
import { countOf } from './words';

export function planView(query: Query, actions: PanelActions): TemplateResult | typeof nothing {
  if (query.kind !== 'select') return nothing;
  const plan = actions.planOf(query);
  if (plan === 'asked') return html`<p class="secondary" role="status">${icon('loading', 'codicon-modifier-spin')} Asking the database…</p>`;
  if (plan && 'steps' in plan) return planSteps(plan.steps);
  return html`<div class="plan-ask">
    <vscode-button
      secondary
      data-action="explain"
      title="Asks the app's database with EXPLAIN, which does not run the query"
      @click=${() => actions.explain(query)}
      >Explain</vscode-button
    >${plan ? html`<span class="why-not" role="status">${icon('info')} ${plan.whyNot}</span>` : nothing}
  </div>`;
}

function planSteps(steps: readonly PlanStep[]): TemplateResult {
  return html`<section class="plan" aria-label="Plan: ${planSummary(steps)}">
    <h4>Plan<span class="secondary"> · ${planSummary(steps)}</span></h4>
    <ol>
      ${steps.map(planStep)}
    </ol>
  </section>`;
}

function planStep({ depth, text, rows, note, severity }: PlanStep): TemplateResult {
  return html`<li style="--depth: ${depth}" data-severity=${severity ?? nothing}>
    <span class="plan-text"
      >${depth > 0 ? spoken(`level ${depth + 1}: `) : nothing}<code>${text}</code>${
        rows === null ? nothing : html`<span class="secondary number"> · ${countOf(rows, 'row')} expected</span>`
      }</span
    >
    ${
      note === null
        ? nothing
        : html`<span class="plan-note tone-${severity === 'warning' ? 'warning' : 'info'}"
            >${icon(severity === 'warning' ? 'warning' : 'info', 'mark')}${spoken(severity === 'warning' ? 'Warning: ' : 'Hint: ')}${note}</span
          >`
    }
  </li>`;
}
