/** The diagram against a git revision: what came, went and changed, painted and as a list; what is gone is shown as ghosts. */
import type { DiagramModel } from '../../../src/core/diagram/diagramModel';
import type { DiagramDifference, DifferenceKind, TableDifference } from '../../../src/core/diagram/diagramDifference';
import { COMPARE_DIAGRAM_COMMAND } from '../../../src/protocol/diagramQuestions';
import { element, icon } from '../dom';
import type { DiagramFeature, DiagramProgram } from '../program';
import { rowKey, type Mark, type Markings, type MarkMeaning } from './markings';
import { createLook, showMarkings } from './painting';
import { createSidePanel } from './sidePanel';

const signs: Readonly<Record<DifferenceKind, string>> = { added: '+', removed: '−', changed: '~' };
const titles: Readonly<Record<DifferenceKind, string>> = { added: 'Added', removed: 'Removed', changed: 'Changed' };
const kinds: readonly DifferenceKind[] = ['added', 'removed', 'changed'];

export const differenceMarks: readonly MarkMeaning[] = kinds.map((kind) => [kind, signs[kind], titles[kind]]);

export function createDifference(program: DiagramProgram): DiagramFeature {
  const { diagram, arranging } = program;
  /** The last model without ghosts, which comes back in the end. */
  let present: DiagramModel | null = null;
  let revision: string | null = null;
  let shown: DiagramDifference | null = null;
  const look = createLook(diagram);

  const panel = createSidePanel('Difference', (giveFocusBack) => {
    const hadGhosts = shown !== null;
    revision = null;
    shown = null;
    showMarkings(diagram, null);
    look.back();
    if (hadGhosts && present) {
      diagram.sent = present;
      void arranging.layOut(null);
    }
    if (giveFocusBack) diagram.focusBack();
  });

  const ask = (): void => {
    if (revision !== null) diagram.host.post({ type: 'ask', question: { kind: 'difference', revision } });
  };
  const open = (next: string): void => {
    revision = next;
    present ??= diagram.sent;
    diagram.clearSelection();
    panel.show(['Comparing with ', element('b', {}, [next])], [element('p', { role: 'status' }, ['Reading the sources of that revision…'])]);
    ask();
  };
  const show = async (difference: DiagramDifference): Promise<void> => {
    if (difference.revision !== revision) return;
    const isNew = shown === null;
    shown = difference;
    diagram.sent = difference.model;
    await arranging.layOut(null);
    if (shown !== difference) return;
    const markings = toMarkings(difference);
    showMarkings(diagram, markings);
    if (isNew) look.at(markings.tables.keys());
    panel.show(['Since ', element('b', {}, [difference.revision])], contentOf(program, difference));
  };

  return {
    root: panel.root,
    toolbarItems: () =>
      diagram.mode === 'panel'
        ? [
            {
              icon: 'git-compare',
              label: 'Compare with Git Revision…',
              run: () => diagram.host.post({ type: 'runCommand', command: COMPARE_DIAGRAM_COMMAND }),
            },
          ]
        : [],
    amend(model) {
      present = model;
      return shown ? withGhosts(model, shown) : model;
    },
    receive(message) {
      if (message.type === 'open' && message.view.kind === 'difference') open(message.view.revision);
      else if (message.type === 'model') ask();
      else if (message.type === 'answer' && message.answer.kind === 'difference') void show(message.answer.difference);
      else if (message.type === 'answer' && message.answer.kind === 'failed' && message.answer.question === 'difference' && revision !== null)
        panel.show(['Difference'], [element('p', { class: 'warning' }, [icon('warning'), message.answer.reason])]);
    },
    escape: () => panel.close(),
  };
}

/** A newer model with what the last difference showed as gone, until the next answer comes. */
function withGhosts(model: DiagramModel, { model: merged, tables }: DiagramDifference): DiagramModel {
  const present = new Set(model.tables.map(({ id }) => id));
  const gone = new Set(tables.filter(({ kind, table }) => kind === 'removed' && !present.has(table)).map(({ table }) => table));
  const all = new Set([...present, ...gone]);
  const modules = new Set(model.modules.map(({ id }) => id));
  const ghosts = merged.tables.filter(({ id }) => gone.has(id));
  return {
    ...model,
    tables: [...model.tables, ...ghosts],
    edges: [
      ...model.edges,
      ...merged.edges.filter(({ from, to }) => (gone.has(from.table) || gone.has(to.table)) && all.has(from.table) && all.has(to.table)),
    ],
    modules: [...model.modules, ...merged.modules.filter(({ id }) => !modules.has(id) && ghosts.some(({ module }) => module === id))],
  };
}

function contentOf(program: DiagramProgram, { tables, edges, commit, revision, note }: DiagramDifference): HTMLElement[] {
  const short = commit.slice(0, 8);
  const at = revision === commit || commit.startsWith(revision) ? '' : ` (${short})`;
  if (tables.length === 0) return [element('p', { role: 'status' }, [`No entity changed since ${revision}${at}.`]), ...noteOf(note)];
  const count = (kind: DifferenceKind): number => tables.filter((table) => table.kind === kind).length;
  const summary = kinds.filter((kind) => count(kind) > 0).map((kind) => `${count(kind)} ${kind}`);
  const relations = edges.length === 0 ? '' : `, ${edges.length} ${edges.length === 1 ? 'relation' : 'relations'}`;
  return [
    element('p', { role: 'status' }, [`${summary.join(' · ')}${relations}${at}.`]),
    ...noteOf(note),
    ...kinds.flatMap((kind) => groupOf(program, tables, kind)),
  ];
}

function noteOf(note: string | null): HTMLElement[] {
  return note === null ? [] : [element('p', { class: 'warning' }, [icon('warning'), note])];
}

function groupOf(program: DiagramProgram, tables: readonly TableDifference[], kind: DifferenceKind): HTMLElement[] {
  const own = tables.filter((table) => table.kind === kind);
  if (own.length === 0) return [];
  return [
    element('h3', {}, [titles[kind]]),
    element(
      'ul',
      {},
      own.map((table) => element('li', {}, [rowOf(program, table)])),
    ),
  ];
}

function rowOf({ diagram }: DiagramProgram, { table, name, kind, details }: TableDifference): HTMLElement {
  const lines = details.map(({ kind: own, what, name: part, text }) =>
    element('span', { class: 'more secondary' }, [
      element('span', { class: `sign tone-${own}` }, [signs[own]]),
      ` ${own} ${what === 'entity' ? '' : `${what} `}${what === 'entity' ? '' : part}${text === '' ? '' : `${what === 'entity' ? '' : ' '}(${text})`}`,
    ]),
  );
  const row = element('button', { type: 'button', class: 'row', 'data-key': `table ${table}` }, [
    element('span', { class: `sign tone-${kind}`, 'aria-hidden': 'true' }, [signs[kind]]),
    element('span', {}, [name]),
    element('span', { class: 'secondary' }, []),
    ...lines,
  ]);
  row.addEventListener('click', () => diagram.selectTable(table, null, 'centre'));
  return row;
}

function toMarkings({ tables, edges }: DiagramDifference): Markings {
  const markOf = (kind: DifferenceKind): Mark => ({ tone: kind, sign: signs[kind], words: kind });
  const rows = tables.flatMap(({ table, details }) =>
    details.flatMap(({ what, name, kind }) => (what === 'column' ? [[rowKey(table, name), markOf(kind)] as const] : [])),
  );
  return {
    tables: new Map(tables.map(({ table, kind }) => [table, markOf(kind)])),
    edges: new Map(edges.map(({ edge, kind }) => [edge, markOf(kind)])),
    rows: new Map(rows),
  };
}
