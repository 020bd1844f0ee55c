/** What the thing under the pointer is, in a sentence. */
import { formatMs } from '../../src/core/diagram/paint';
import { problemsAt, problemsOf } from '../../src/core/diagram/problemMarks';
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import type { Hit } from '../../src/core/diagram/hitTest';
import type { Point, Size } from '../../src/core/diagram/geometry';
import type { SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import { callSiteHint } from './callSites';
import { element, icon } from './dom';

export interface Tooltip {
  readonly root: HTMLElement;
  show(hit: Hit, heat: EdgeHeat | null, at: Point, view: Size): void;
  hide(): void;
}

const delayMs = 350;

export function createTooltip(): Tooltip {
  const root = element('div', { class: 'tooltip', role: 'tooltip' });
  root.hidden = true;
  let timer = 0;
  let shown = '';
  return {
    root,
    hide() {
      clearTimeout(timer);
      root.hidden = true;
      shown = '';
    },
    show(hit, heat, at, view) {
      const key = keyOf(hit);
      if (key === shown) return;
      clearTimeout(timer);
      root.hidden = true;
      shown = key;
      const content = contentOf(hit, heat);
      if (content.length === 0) return;
      timer = window.setTimeout(() => {
        root.replaceChildren(...content);
        root.hidden = false;
        const { offsetWidth: width, offsetHeight: height } = root;
        root.style.left = `${Math.max(8, Math.min(at.x + 14, view.width - width - 8))}px`;
        root.style.top = `${at.y + 18 + height > view.height ? Math.max(8, at.y - height - 12) : at.y + 18}px`;
      }, delayMs);
    },
  };
}

function keyOf(hit: Hit): string {
  if (hit.kind === 'box') return `${hit.box.id}#${hit.row?.property ?? hit.row?.kind ?? ''}`;
  if (hit.kind === 'hidden-mark') return `${hit.box.id}#hidden`;
  return hit.kind === 'edge' ? `${hit.edge.edge.id}+${hit.sharing?.length ?? 0}` : '';
}

function contentOf(hit: Hit, heat: EdgeHeat | null): HTMLElement[] {
  if (hit.kind === 'edge') {
    const own = edgeContent(hit.edge.edge.description, heat, hit.edge.edge);
    return [...own, ...problemsOf(hit.edge).map(problemLine), ...sharingContent(hit.sharing ?? [])];
  }
  if (hit.kind === 'hidden-mark') return [line('Related entities that this view leaves out. Click to show them.')];
  if (hit.kind !== 'box') return [];
  if (!hit.row) return boxContent(hit.box);
  switch (hit.row.kind) {
    case 'column':
      return columnContent(hit.box, hit.row.property ?? '');
    case 'relations':
      return hit.box.table.relations.map(({ property, target }) => line(`${property} → ${target}`));
    case 'more':
      return [line('Columns that are no key and no index are left out of long tables; the source has them all.')];
  }
}

function edgeContent(description: string, heat: EdgeHeat | null, { eager, lazy }: { eager: boolean; lazy: boolean }): HTMLElement[] {
  const loading = lazy ? 'Loaded when it is first read (lazy).' : eager ? 'Loaded with every find (eager).' : '';
  return [
    line(description),
    ...(loading === '' ? [] : [line(loading, 'secondary')]),
    ...(heat ? [line(`Loaded ${heat.loads} times in the last run, ${formatMs(heat.dbTimeMs)} in the database.`, 'title')] : []),
    ...(heat && callSiteHint(heat) !== '' ? [line(callSiteHint(heat), 'secondary')] : []),
  ];
}

/** Relations that are not told apart here, by their owning fields. */
function sharingContent(sharing: readonly SceneEdge[]): HTMLElement[] {
  if (sharing.length === 0) return [];
  const names = sharing
    .slice(0, mostNamed)
    .map(({ edge, from }) => (edge.from.property === null ? from.box.table.name : `${from.box.table.name}.${edge.from.property}`));
  const more = sharing.length > mostNamed ? ` and ${sharing.length - mostNamed} more` : '';
  return [line(`On the same line: ${names.join(', ')}${more}.`, 'secondary')];
}

const mostNamed = 6;

const looks: Record<SceneBox['table']['look'], string> = {
  table: 'Table',
  view: 'View',
  child: 'Subclass, stored in table',
  link: 'Link entity, table',
  tree: 'Tree in table',
  junction: 'Junction table',
};

function boxContent(box: SceneBox): HTMLElement[] {
  const { table } = box;
  return [
    line(table.name, 'title'),
    line(`${looks[table.look]} ${table.table} · ${table.folderModule ?? table.module}`, 'secondary'),
    ...(table.dataSources && table.dataSources.length > 0 ? [line(`DataSource ${table.dataSources.join(', ')}`, 'secondary')] : []),
    ...headerProblems(box),
  ];
}

/** What the header's sign stands for, before what the rows tell themselves: from afar, no row is seen. */
function headerProblems(box: SceneBox): HTMLElement[] {
  const own = problemsAt(box, null);
  const all = [...own, ...box.problems.filter((problem) => !own.includes(problem))];
  const more = all.length > mostProblems ? [line(`and ${all.length - mostProblems} more`, 'secondary')] : [];
  return [...all.slice(0, mostProblems).map(problemLine), ...more];
}

const mostProblems = 4;

function columnContent(box: SceneBox, property: string): HTMLElement[] {
  const column = box.table.columns.find((candidate) => candidate.property === property);
  if (!column) return [];
  const keys = [
    column.primary ? 'primary key' : '',
    column.foreign ? 'foreign key' : '',
    column.unique ? 'unique' : column.indexed && !column.primary ? 'indexed' : '',
  ].filter((part) => part !== '');
  return [
    line(`${box.table.name}.${property}`, 'title'),
    line([`column ${column.column}`, column.type, ...keys].filter((part) => part !== '').join(' · '), 'secondary'),
    ...(column.from === null ? [] : [line(`declared in ${column.from}`, 'secondary')]),
    ...problemsAt(box, property).map(problemLine),
  ];
}

function problemLine({ severity, message }: SceneBox['problems'][number]): HTMLElement {
  return element('div', { class: `problem ${severity}` }, [icon(severity), element('span', {}, [message])]);
}

function line(text: string, className = ''): HTMLElement {
  return element('div', className === '' ? {} : { class: className }, [text]);
}
