/**
 * The canvas in words: one focusable, named node for each visible box and each of its edges, for screen readers, the keyboard and
 * tests. Bounded, so that thousands of visible boxes do not become thousands of nodes; what is selected is always there.
 */
import { problemsOf } from '../../src/core/diagram/problemMarks';
import { rowCentre } from '../../src/core/diagram/tableShape';
import type { Point } from '../../src/core/diagram/geometry';
import type { SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import { colourNames } from '../../src/core/diagram/views/colourNames';
import type { Camera } from './camera';
import { element } from './dom';
import type { Markings } from './impact/markings';
import type { Picture } from './picture';

export interface Mirror {
  readonly root: HTMLElement;
  /** Shows the given boxes, in their order. */
  show(picture: Picture, boxes: readonly SceneBox[], selected: string | null): void;
  move(camera: Camera): void;
  /** What is marked is told with each box and edge from the next `show` on. */
  tellMarkings(markings: Markings | null): void;
  /** Moves the focus to a table's node; false where it has none. */
  focus(table: string): boolean;
  focusEdge(edge: string): boolean;
}

export interface MirrorEvents {
  onFocusTable(table: string): void;
  onFocusEdge(edge: string): void;
}

export const maxMirroredBoxes = 300;
const maxMirroredEdges = 900;

export function createMirror(events: MirrorEvents): Mirror {
  const plane = element('div', { class: 'mirror-plane', role: 'tree', 'aria-label': 'Entities and their relations' });
  const root = element('div', { class: 'mirror' }, [plane]);
  plane.addEventListener('focusin', ({ target }) => {
    const node = target instanceof HTMLElement ? target : null;
    if (node?.dataset['edge'] !== undefined) events.onFocusEdge(node.dataset['edge']);
    else if (node?.dataset['entity'] !== undefined) events.onFocusTable(node.dataset['entity']);
  });
  let markings: Markings | null = null;
  // A scroll into view of a focused node would shift the canvas against its mirror.
  root.addEventListener('scroll', () => root.scrollTo(0, 0));

  const find = (attribute: string, value: string): HTMLElement | null => plane.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  const focus = (node: HTMLElement | null): boolean => {
    node?.focus({ preventScroll: true });
    return node !== null;
  };
  return {
    root,
    tellMarkings: (next) => (markings = next),
    move({ x, y, scale }) {
      plane.style.transform = `scale(${scale}) translate(${-x}px, ${-y}px)`;
    },
    show(picture, boxes, selected) {
      const focused = document.activeElement instanceof HTMLElement && plane.contains(document.activeElement) ? document.activeElement.dataset : null;
      const shown = new Set(boxes.map(({ id }) => id));
      const told = new Set<SceneEdge>();
      const nodes = boxes.map((box, index) => {
        const edges = edgesToTell(picture, box, shown, told);
        return boxNode(picture, box, edges, {
          total: picture.scene.boxes.length,
          marks: markings,
          tabbable: selected === box.id || (!shown.has(selected ?? '') && index === 0),
        });
      });
      plane.replaceChildren(...nodes);
      if (focused?.['edge'] !== undefined) focus(find('data-edge', focused['edge']));
      else if (focused?.['entity'] !== undefined) focus(find('data-entity', focused['entity']));
    },
    focus: (table) => focus(find('data-entity', table)),
    focusEdge: (edge) => focus(find('data-edge', edge)),
  };
}

/** Each edge stands under one of its tables: the first of them that is shown. */
function edgesToTell(picture: Picture, box: SceneBox, shown: ReadonlySet<string>, told: Set<SceneEdge>): SceneEdge[] {
  const own = (picture.scene.edgesOf.get(box.id) ?? []).filter(
    (edge) => !told.has(edge) && (edge.from.box.id === box.id || !shown.has(edge.from.box.id)),
  );
  const room = own.slice(0, Math.max(0, maxMirroredEdges - told.size));
  for (const edge of room) told.add(edge);
  return room;
}

function boxNode(
  picture: Picture,
  box: SceneBox,
  edges: readonly SceneEdge[],
  { total, tabbable, marks }: { total: number; tabbable: boolean; marks: Markings | null },
): HTMLElement {
  const node = element('div', {
    role: 'treeitem',
    tabindex: tabbable ? '0' : '-1',
    'aria-level': '1',
    'aria-setsize': String(total),
    'aria-posinset': String(picture.scene.boxes.indexOf(box) + 1),
    'aria-label': withMark(describeBox(picture, box), marks?.tables.get(box.id)?.words),
    'data-entity': box.id,
    'data-name': box.table.name,
    'data-x': String(box.x),
    'data-y': String(box.y),
    style: `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`,
  });
  if (edges.length === 0) return node;
  node.setAttribute('aria-expanded', 'true');
  node.append(
    element(
      'div',
      { role: 'group' },
      edges.map((edge) => edgeNode(picture, edge, box, marks)),
    ),
  );
  return node;
}

function edgeNode(picture: Picture, sceneEdge: SceneEdge, box: SceneBox, marks: Markings | null): HTMLElement {
  const { edge } = sceneEdge;
  const heat = picture.heatOf(sceneEdge);
  const measured = heat ? ` Loaded ${heat.loads} times, ${Math.round(heat.dbTimeMs)} milliseconds in the last run.` : '';
  const problems = problemsOf(sceneEdge)
    .map(({ severity, message }) => ` ${severity}: ${message}`)
    .join('');
  const row = box.shape.rows.findIndex(({ column }) => column !== null && edge.from.columns.includes(column));
  const at: Point = { x: box.width - 12, y: row === -1 ? 15 : rowCentre(row) };
  return element('div', {
    role: 'treeitem',
    tabindex: '-1',
    'aria-level': '2',
    'aria-label': withMark(`${edge.description}${measured}${problems}`, marks?.edges.get(edge.id)?.words),
    'data-edge': edge.id,
    'data-kind': edge.kind,
    'data-from': edge.from.table,
    'data-to': edge.to.table,
    style: `left:${at.x}px;top:${at.y}px;width:12px;height:12px`,
  });
}

/** `Book, table book, 8 columns, 5 relations, 1 warning`. */
function describeBox(picture: Picture, { table, id, problems }: SceneBox): string {
  const kinds: Record<typeof table.look, string> = {
    table: 'table',
    view: 'view',
    child: 'subclass in table',
    link: 'link table',
    tree: 'tree table',
    junction: 'junction table',
  };
  const relations = picture.scene.edgesOf.get(id)?.length ?? 0;
  const ownColour = table.colour;
  const parts = [`${table.name}, ${kinds[table.look]} ${table.table}`, count(table.columns.length, 'column'), count(relations, 'relation')];
  if (table.hiddenNeighbours) parts.push(`${count(table.hiddenNeighbours.length, 'neighbour')} hidden`);
  if (ownColour !== undefined) parts.push(`coloured ${colourNames[ownColour] ?? ''}`);
  if (problems.length > 0) parts.push(`${count(problems.length, 'problem')}: ${problems.map(({ message }) => message).join(' ')}`);
  return parts.join(', ');
}

function withMark(text: string, words: string | undefined): string {
  return words === undefined ? text : `${text} Marked: ${words}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
