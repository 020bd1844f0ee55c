/** What loading a table's entity pulls with it: relations to tick, the queries, columns and rows that they cost, and the code that asks for them. */
import { plainRelations, type LoadImpact, type LoadStep, type LoadStrategy } from '../../../src/core/model/loadImpact';
import { element, icon } from '../dom';
import type { DiagramFeature, DiagramProgram } from '../program';
import { createImpact } from './impactPanel';
import type { Mark, Markings, MarkMeaning } from './markings';
import { edgeBetween, nameOfTable } from './names';
import { checkbox, choice, code } from './sidePanel';

const strategies: readonly (readonly [LoadStrategy, string])[] = [
  ['join', 'one join'],
  ['query', 'queries of their own'],
];

export const loadMarks: readonly MarkMeaning[] = [
  ['root', '↓', 'What is loaded'],
  ['loaded', '1', 'Loaded with it, one for each'],
  ['loaded', '×', 'Loaded with it, many for each: rows multiply'],
  ['changed', '1', 'Eager: loaded by every find'],
  ['refused', '∞', 'Eager in a circle, without an end'],
];

export function createLoadImpact(program: DiagramProgram): DiagramFeature {
  const { diagram } = program;
  return createImpact<'loadImpact'>(program, {
    kind: 'loadImpact',
    label: 'Load impact',
    menu: { icon: 'arrow-circle-down', label: 'Load Impact…' },
    begin: () => ({ relations: [], strategy: 'join' }),
    render({ impact, typeormMajor }, { relations }, change) {
      const name = nameOfTable(diagram, impact.entity);
      const asked = new Set(relations);
      const tick = (path: string, checked: boolean): void =>
        change({ relations: checked ? [...asked, path] : relations.filter((each) => each !== path && !each.startsWith(`${path}.`)) });
      return {
        title: ['Loading ', element('b', {}, [name])],
        content: [
          choice('strategy', 'relations by', impact.strategy, strategies, (strategy) => change({ strategy })),
          element('p', { role: 'status' }, numbersOf(impact, name)),
          ...warnings(impact),
          element('h3', {}, ['Relations']),
          relationList(program, impact, impact.entity, null, tick, asked),
          code(findCall(asked, impact.strategy)),
          ...(typeormMajor === null ? [element('p', { class: 'secondary' }, ['As TypeORM 1.x does it: no version was found.'])] : []),
        ],
        markings: toMarkings(program, impact),
        nearby: neighboursOf(program, impact.entity),
      };
    },
  });
}

function findCall(asked: ReadonlySet<string>, strategy: LoadStrategy): string {
  const options = [
    ...(asked.size > 0 ? [`relations: ${plainRelations(asked)}`] : []),
    ...(strategy === 'query' ? [`relationLoadStrategy: 'query'`] : []),
  ];
  return options.length === 0 ? 'find()' : `find({ ${options.join(', ')} })`;
}

/** What one may tick next; of a table with very many, none. */
function neighboursOf({ diagram }: DiagramProgram, entity: string): string[] {
  const ends = diagram.model.edges.flatMap(({ kind, from, to }) => (kind === 'inheritance' ? [] : [[from.table, to.table]]));
  const neighbours = ends.flatMap(([from = '', to = '']) => (from === entity ? [to] : to === entity ? [from] : []));
  return neighbours.length > mostInView ? [] : neighbours;
}

const mostInView = 12;

/** `1 query · 24 columns · 12 rows for each Author` */
function numbersOf({ queries, columns, rows, strategy }: LoadImpact, name: string): (Node | string)[] {
  const number = (value: number | string): HTMLElement => element('span', { class: 'number' }, [String(value)]);
  const parts: (Node | string)[] = [number(queries), queries === 1 ? ' query · ' : ' queries · ', number(columns), ' columns'];
  if (strategy === 'query' || rows.factors.length === 0) return parts;
  parts.push(' · ');
  if (rows.perEntity === null) parts.push(number(rows.formula), ` rows for each ${name}`);
  else parts.push(number(round(rows.perEntity)), ` rows for each ${name} (${rows.formula}), carrying ${round(rows.entities ?? 0)} entities`);
  return parts;
}

function warnings({ rows, steps, lazy, strategy }: LoadImpact): HTMLElement[] {
  const endless = steps.find((step) => step.endless);
  return [
    ...(rows.multiplies && strategy === 'join'
      ? [warning('warning', `Collections beside each other are paired row by row: ${rows.formula}. Queries of their own do not multiply.`)]
      : []),
    ...(endless ? [warning('error', `${endless.path} is eager and leads back to where it began: loading never ends.`, 'error')] : []),
    ...(lazy.length > 0 ? [element('p', { class: 'secondary' }, [`Not loaded until awaited (lazy): ${lazy.join(', ')}.`])] : []),
  ];
}

function warning(name: string, text: string, extraClass = ''): HTMLElement {
  return element('p', { class: `warning ${extraClass}`.trim() }, [icon(name), element('span', {}, [text])]);
}

/** The relations of one entity, those of loaded ones beneath them. */
function relationList(
  program: DiagramProgram,
  impact: LoadImpact,
  entity: string,
  parent: number | null,
  tick: (path: string, checked: boolean) => void,
  asked: ReadonlySet<string>,
): HTMLElement {
  const { diagram } = program;
  const table = diagram.sent.tables.find(({ id }) => id === entity);
  const prefix = parent === null ? '' : `${impact.steps[parent]?.path ?? ''}.`;
  const items = (table?.relations ?? []).map(({ property, target }) => {
    const path = `${prefix}${property}`;
    const index = impact.steps.findIndex((step) => step.parent === parent && step.property === property);
    const step = impact.steps[index];
    const isEager = step?.reason === 'eager';
    const parts: (Node | string)[] = [property, element('span', { class: 'secondary' }, [` ${target}${step ? factsOf(step) : ''}`])];
    const below = step?.target && !step.endless && isWorthAsking(step, asked) ? [relationList(program, impact, step.target, index, tick, asked)] : [];
    return element('li', {}, [checkbox(path, parts, step !== undefined, isEager ? null : (checked) => tick(path, checked)), ...below]);
  });
  return items.length > 0 ? element('ul', {}, items) : element('p', { class: 'secondary' }, ['No relations.']);
}

/** Behind what was asked for one may go on asking; what is eager shows only what it brings. */
function isWorthAsking({ path, reason }: LoadStep, asked: ReadonlySet<string>): boolean {
  return reason === 'asked' || [...asked].some((each) => each.startsWith(`${path}.`));
}

/** ` · × 3.2 · 5 columns · eager` */
function factsOf({ fanOut, kind, columns, reason }: LoadStep): string {
  const many = kind === 'one-to-many' || kind === 'many-to-many';
  const parts = [
    ...(many ? [fanOut === null ? '× ?' : `× ${round(fanOut)} measured`] : []),
    `${columns} columns`,
    ...(reason === 'eager' ? ['eager'] : []),
  ];
  return ` · ${parts.join(' · ')}`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 });
}

function toMarkings({ diagram }: DiagramProgram, impact: LoadImpact): Markings {
  const tables = new Map<string, Mark>([[impact.entity, { tone: 'root', sign: '↓', words: 'what is loaded' }]]);
  const edges = new Map<string, Mark>();
  for (const step of impact.steps) {
    const many = step.kind === 'one-to-many' || step.kind === 'many-to-many';
    const words = `loaded as ${step.path}${step.reason === 'eager' ? ', eager' : ''}`;
    const mark: Mark = step.endless
      ? { tone: 'refused', sign: '∞', words: `${words}, without an end` }
      : { tone: step.reason === 'eager' ? 'changed' : 'loaded', sign: many ? '×' : '1', words };
    if (step.target !== null && !tables.has(step.target)) tables.set(step.target, mark);
    const edge = edgeBetween(diagram, step.entity, step.property);
    if (edge !== null && !edges.has(edge)) edges.set(edge, mark);
  }
  return { tables, edges, rows: new Map() };
}
