/** Relating two tables: what kind, which fields, who holds the key; a preview of both files; written as one edit that one undo takes back. */
import { COUNTERPARTS, defaultProperty, type RelationPlan } from '../../../src/core/edits/relationPlan';
import type { RelationPreview } from '../../../src/protocol/diagramQuestions';
import { element, icon } from '../dom';
import type { DiagramFeature, DiagramProgram } from '../program';
import type { Markings } from './markings';
import { nameOfTable } from './names';
import { createLook, showMarkings } from './painting';
import { createRelateHandle } from './relateHandle';
import { relationForm } from './relationForm';
import { createSidePanel } from './sidePanel';

/** Typing asks for a preview when it rests. */
const typingMs = 150;
/** The editor has opened the source by then. */
const shownAfterMs = 400;

export function createRelateWizard(program: DiagramProgram): DiagramFeature {
  const { diagram } = program;
  let plan: RelationPlan | null = null;
  /** Names that the user typed are left alone when the kind changes. */
  let typed: { property: boolean; inverse: boolean } = { property: false, inverse: false };
  let outcome: { readonly preview: RelationPreview } | { readonly reason: string } | null = null;
  let timer = 0;
  /** Shown where it now stands, once the sources hold it: the editor that opens beside may have cut it off. */
  let written: RelationPlan | null = null;

  const look = createLook(diagram);
  const panel = createSidePanel('Relate tables', (giveFocusBack) => {
    plan = null;
    clearTimeout(timer);
    showMarkings(diagram, null);
    look.back();
    if (giveFocusBack) diagram.focusBack();
  });
  const nameOf = (id: string): string => nameOfTable(diagram, id);
  const handle = createRelateHandle(diagram, (from, to) => open(from, to));

  const ask = (): void => {
    if (plan) diagram.host.post({ type: 'ask', question: { kind: 'relate', plan } });
  };
  const open = (fromIdOrName: string, toId: string | null): void => {
    const from = diagram.findBox(fromIdOrName)?.id ?? fromIdOrName;
    const to = toId ?? diagram.sent.tables.find(({ id, type }) => id !== from && type === 'regular')?.id ?? from;
    typed = { property: false, inverse: false };
    plan = withDefaults({ kind: 'many-to-one', from, to, property: '', inverse: '', owner: 'from', nullable: true, onDelete: null, index: true });
    diagram.clearSelection();
    outcome = null;
    show();
    look.at([from, to]);
    ask();
  };
  const withDefaults = (next: RelationPlan): RelationPlan => ({
    ...next,
    property: typed.property ? next.property : freeName(next.from, defaultProperty(next.kind, nameOf(next.to))),
    inverse: next.inverse === null || typed.inverse ? next.inverse : freeName(next.to, defaultProperty(COUNTERPARTS[next.kind], nameOf(next.from))),
  });
  const freeName = (id: string, wanted: string): string => {
    const table = diagram.sent.tables.find((each) => each.id === id);
    const taken = new Set([...(table?.columns ?? []), ...(table?.relations ?? [])].map(({ property }) => property.split('.')[0]));
    for (let number = 1; ; number++)
      if (!taken.has(number === 1 ? wanted : `${wanted}${number}`)) return number === 1 ? wanted : `${wanted}${number}`;
  };
  const change = (next: Partial<RelationPlan>): void => {
    if (!plan) return;
    const changed = { ...plan, ...next };
    plan = withDefaults(changed.kind === 'one-to-many' && changed.inverse === null ? { ...changed, inverse: '' } : changed);
    show();
    ask();
  };
  /** Without drawing the form anew, which would take the caret out of the field. */
  const type = (field: 'property' | 'inverse', value: string): void => {
    if (!plan) return;
    typed[field] = true;
    plan = { ...plan, [field]: value };
    clearTimeout(timer);
    timer = window.setTimeout(ask, typingMs);
  };

  const show = (): void => {
    if (!plan) return;
    // First the panel: another one that it takes the place of takes its marks away.
    panel.show(['Relate ', element('b', {}, [nameOf(plan.from)]), ' to ', element('b', {}, [nameOf(plan.to)])], [...form(plan), ...result(plan)]);
    showMarkings(diagram, markingsOf(plan));
  };
  const form = (current: RelationPlan): HTMLElement[] =>
    relationForm(current, { tables: diagram.sent.tables, nameOf, onChange: change, onType: type });
  const result = (current: RelationPlan): HTMLElement[] => {
    const write = element('button', { type: 'button', 'data-key': 'write' }, ['Write Relation']);
    write.disabled = outcome === null || 'reason' in outcome;
    write.addEventListener('click', () => {
      written = plan ?? current;
      diagram.host.post({ type: 'writeRelation', plan: written });
      panel.close();
    });
    const cancel = element('button', { type: 'button', class: 'secondary-button', 'data-key': 'cancel' }, ['Cancel']);
    cancel.addEventListener('click', () => {
      panel.close();
      diagram.focusBack();
    });
    return [element('div', { class: 'outcome', role: 'status' }, outcomeOf()), element('div', { class: 'actions' }, [write, cancel])];
  };
  const outcomeOf = (): HTMLElement[] => {
    if (outcome === null) return [];
    if ('reason' in outcome) return [element('p', { class: 'warning' }, [icon('warning'), element('span', {}, [outcome.reason])])];
    return outcome.preview.files.flatMap(previewOf);
  };
  /** The answer changes the preview only: what is being typed stays as it is. */
  const showOutcome = (): void => {
    panel.root.querySelector('.outcome')?.replaceChildren(...outcomeOf());
    const write = panel.root.querySelector<HTMLButtonElement>('[data-key=write]');
    if (write) write.disabled = outcome === null || 'reason' in outcome;
  };

  return {
    root: element('div', {}, [panel.root, handle.root]),
    menuItems: (hit) =>
      hit.kind === 'box' && hit.box.table.type !== 'view' ? [{ icon: 'link', label: 'Relate to…', run: () => open(hit.box.id, null) }] : [],
    receive(message) {
      if (message.type === 'open' && message.view.kind === 'relate') open(message.view.entity, null);
      if (message.type === 'model' && written) {
        const { from, property } = written;
        written = null;
        window.setTimeout(() => diagram.selectTable(from, property, 'centre'), shownAfterMs);
      }
      if (message.type !== 'answer' || !plan) return;
      const { answer } = message;
      if (answer.kind === 'relate') outcome = { preview: answer.preview };
      else if (answer.kind === 'failed' && answer.question === 'relate') outcome = { reason: answer.reason };
      else return;
      showOutcome();
    },
    drawn: () => handle.place(),
    escape: () => panel.close(),
  };
}

function previewOf({ file, lines }: RelationPreview['files'][number]): HTMLElement[] {
  const classes = { '+': 'plus', '-': 'minus', ' ': 'same' };
  return [
    element('h3', {}, [file.slice(file.lastIndexOf('/') + 1)]),
    element(
      'div',
      { class: 'preview', tabindex: '0', role: 'group', 'aria-label': `Changes in ${file.slice(file.lastIndexOf('/') + 1)}` },
      lines.map(({ sign, text }) => element('div', { class: classes[sign] }, [`${sign} ${text}`])),
    ),
  ];
}

function markingsOf({ from, to }: RelationPlan): Markings {
  const mark = { tone: 'added', sign: '+', words: 'to be related' } as const;
  return { tables: new Map([from, to].map((id) => [id, mark])), edges: new Map(), rows: new Map() };
}
