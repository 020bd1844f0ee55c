/**
 * The canvas in words: one focusable, named node for each visible box and each of its edges, for screen readers, the keyboard and
 * tests. Bounded, so that thousands of visible boxes do not become thousands of nodes; what is selected is always there.
 */
import { problemsOf } from '../../src/core/diagram/problemMarks';
import { rowCentre } from '../../src/core/diagram/tableShape';
import type { Point } from '../../src/core/diagram/geometry';
import type { Scene, SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import { colourNames } from '../../src/core/diagram/views/colourNames';
import type { Camera } from './camera';
import { element } from './dom';
import type { Markings } from './impact/markings';
import { KeyedElements } from './keyedElements';
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
  const tables = new KeyedElements(plane);
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
      const places = placesIn(picture.scene);
      const edges = boxes.map((box) => edgesToTell(picture, box, shown, told));
      const nodes = tables.show(
        boxes.map((box, index) => {
          const tabbable = selected === box.id || (!shown.has(selected ?? '') && index === 0);
          const hasEdges = (edges[index] ?? []).length > 0;
          return { key: box.id, attributes: boxAttributes(picture, box, { place: places.get(box.id) ?? 0, tabbable, hasEdges, marks: markings }) };
        }),
      );
      boxes.forEach((box, index) => {
        const node = nodes[index];
        if (node) showEdges(picture, box, node, edges[index] ?? [], markings);
      });
      const active = document.activeElement;
      if (active instanceof HTMLElement && plane.contains(active)) return;
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

const placesOf = new WeakMap<Scene, ReadonlyMap<string, number>>();

function placesIn(scene: Scene): ReadonlyMap<string, number> {
  let places = placesOf.get(scene);
  if (!places) placesOf.set(scene, (places = new Map(scene.boxes.map(({ id }, index) => [id, index]))));
  return places;
}

function boxAttributes(
  picture: Picture,
  box: SceneBox,
  { place, tabbable, hasEdges, marks }: { place: number; tabbable: boolean; hasEdges: boolean; marks: Markings | null },
): Record<string, string> {
  return {
    role: 'treeitem',
    tabindex: tabbable ? '0' : '-1',
    'aria-level': '1',
    'aria-setsize': String(picture.scene.boxes.length),
    'aria-posinset': String(place + 1),
    'aria-label': withMark(describeBox(picture, box), marks?.tables.get(box.id)?.words),
    'data-entity': box.id,
    'data-name': box.table.name,
    'data-x': String(box.x),
    'data-y': String(box.y),
    style: `left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px`,
    ...(hasEdges ? { 'aria-expanded': 'true' } : {}),
  };
}

const groups = new WeakMap<HTMLElement, { readonly root: HTMLElement; readonly edges: KeyedElements }>();

/** The edges of a table in a group under its node, which is there only while it has some. */
function showEdges(picture: Picture, box: SceneBox, node: HTMLElement, edges: readonly SceneEdge[], marks: Markings | null): void {
  let group = groups.get(node);
  if (edges.length === 0) {
    group?.root.remove();
    groups.delete(node);
    return;
  }
  if (!group) {
    const root = element('div', { role: 'group' });
    groups.set(node, (group = { root, edges: new KeyedElements(root) }));
    node.append(root);
  }
  group.edges.show(edges.map((edge) => ({ key: edge.edge.id, attributes: edgeAttributes(picture, edge, box, marks) })));
}

function edgeAttributes(picture: Picture, sceneEdge: SceneEdge, box: SceneBox, marks: Markings | null): Record<string, string> {
  const { edge } = sceneEdge;
  const heat = picture.heatOf(sceneEdge);
  const measured = heat ? ` Loaded ${heat.loads} times, ${Math.round(heat.dbTimeMs)} milliseconds in the last run.` : '';
  const problems = problemsOf(sceneEdge)
    .map(({ severity, message }) => ` ${severity}: ${message}`)
    .join('');
  const row = box.shape.rows.findIndex(({ column }) => column !== null && edge.from.columns.includes(column));
  const at: Point = { x: box.width - 12, y: row === -1 ? 15 : rowCentre(row) };
  return {
    role: 'treeitem',
    tabindex: '-1',
    'aria-level': '2',
    'aria-label': withMark(`${edge.description}${measured}${problems}`, marks?.edges.get(edge.id)?.words),
    'data-edge': edge.id,
    'data-kind': edge.kind,
    'data-from': edge.from.table,
    'data-to': edge.to.table,
    style: `left:${at.x}px;top:${at.y}px;width:12px;height:12px`,
  };
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
