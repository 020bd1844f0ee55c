/** What deleting one row of a table takes with it: a list by effect, painted on the diagram, kept up to date with the sources. */
import {
  pathTo,
  type DeleteEffect,
  type DeleteImpact,
  type DeleteQuestion,
  type DeleteStep,
  type OrphanRule,
} from '../../../src/core/model/deleteImpact';
import { element, icon } from '../dom';
import type { DiagramFeature, DiagramProgram } from '../program';
import { createImpact } from './impactPanel';
import type { Mark, MarkMeaning, Markings, Tone } from './markings';
import { edgeBetween, nameOfTable } from './names';
import { checkbox, choice } from './sidePanel';

interface EffectWords {
  readonly tone: Tone;
  readonly sign: string;
  readonly title: string;
  readonly words: string;
}

/** What stands in the way comes first, then by how much is lost. */
const effects: Readonly<Record<DeleteEffect, EffectWords>> = {
  refused: { tone: 'refused', sign: '!', title: 'Stands in the way', words: 'stands in the way' },
  removed: { tone: 'removed', sign: '−', title: 'Deleted with it', words: 'deleted with it' },
  'soft-removed': { tone: 'weak', sign: '~', title: 'Soft-removed with it', words: 'soft-removed with it' },
  unpaired: { tone: 'weak', sign: '∤', title: 'Pairings deleted, both ends kept', words: 'pairings deleted' },
  'set-null': { tone: 'changed', sign: '∅', title: 'Set to NULL', words: 'foreign key set to NULL' },
  'set-default': { tone: 'changed', sign: '=', title: 'Set to its default', words: 'foreign key set to its default' },
  left: { tone: 'changed', sign: '?', title: 'Left pointing at nothing', words: 'left pointing at nothing' },
};
const effectOrder = Object.keys(effects) as DeleteEffect[];

export const deleteMarks: readonly MarkMeaning[] = [
  ['root', '×', 'The row that is deleted'],
  ...Object.values(effects).map(({ tone, sign, title }): MarkMeaning => [tone, sign, title]),
];

export function createDeleteImpact(program: DiagramProgram): DiagramFeature {
  return createImpact<'deleteImpact'>(program, {
    kind: 'deleteImpact',
    label: 'Delete impact',
    menu: { icon: 'trash', label: 'Delete Impact…' },
    begin: (last) => last ?? { way: 'remove', loaded: 'all' },
    render({ impact, typeormMajor }, { way, loaded }, change) {
      const name = nameOfTable(program.diagram, impact.entity);
      const cascades = way === 'remove' || way === 'softRemove';
      return {
        title: ['Deleting one ', element('b', {}, [name])],
        content: [
          choice('way', 'by', way, waysFor(name), (next) => change({ way: next })),
          ...(cascades
            ? [checkbox('loaded', ['everything that cascades is loaded'], loaded === 'all', (all) => change({ loaded: all ? 'all' : 'eager' }))]
            : []),
          element('p', { role: 'status' }, [summaryOf(impact, name), ' ', version(typeormMajor)]),
          ...effectOrder.flatMap((effect) => groupOf(program, impact, effect)),
          ...notLoaded(program, impact),
          ...onlyOnSave(program, impact, name),
        ],
        markings: toMarkings(program, impact),
      };
    },
  });
}

function waysFor(name: string): readonly (readonly [DeleteQuestion['way'], string])[] {
  const variable = name.charAt(0).toLowerCase() + name.slice(1);
  return [
    ['remove', `remove(${variable})`],
    ['delete', 'delete(id), or SQL'],
    ['softRemove', `softRemove(${variable})`],
    ['softDelete', 'softDelete(id)'],
  ];
}

function version(typeormMajor: number | null): HTMLElement {
  const said =
    typeormMajor === 0
      ? 'As TypeORM 0.3 does it.'
      : typeormMajor === null
        ? 'As TypeORM 1.x does it: no version was found.'
        : 'As TypeORM 1.x does it.';
  return element('span', { class: 'secondary' }, [said]);
}

/** The numbers first. */
function summaryOf({ steps, impossible, question }: DeleteImpact, name: string): string {
  if (impossible === 'view') return `${name} is a view: it has no rows of its own to delete.`;
  if (impossible === 'no-delete-date-column') return `TypeORM throws: ${name} has no @DeleteDateColumn.`;
  const soft = question.way === 'softRemove' || question.way === 'softDelete';
  if (steps.length === 0)
    return soft
      ? 'Only its own delete date is set; what the database would do ON DELETE does not happen.'
      : 'Nothing else changes: no other table points to it.';
  const counts = effectOrder.flatMap((effect) => {
    const tables = new Set(steps.filter((step) => step.effect === effect).map(({ table }) => table)).size;
    return tables === 0 ? [] : [`${tables} ${tables === 1 ? 'table' : 'tables'} ${shortWords[effect]}`];
  });
  return `${counts.join(' · ')}.`;
}

const shortWords: Readonly<Record<DeleteEffect, string>> = {
  refused: 'may refuse it',
  removed: 'lose rows',
  'soft-removed': 'soft-removed',
  unpaired: 'of pairings',
  'set-null': 'set to NULL',
  'set-default': 'set to a default',
  left: 'left dangling',
};

function groupOf(program: DiagramProgram, impact: DeleteImpact, effect: DeleteEffect): HTMLElement[] {
  const rows = impact.steps.flatMap((step, index) => (step.effect === effect ? [rowOf(program, impact, step, index)] : []));
  if (rows.length === 0) return [];
  return [
    element('h3', {}, [effects[effect].title]),
    element(
      'ul',
      {},
      rows.map((row) => element('li', {}, [row])),
    ),
  ];
}

function rowOf({ diagram }: DiagramProgram, impact: DeleteImpact, step: DeleteStep, index: number): HTMLElement {
  const { tone, sign } = effects[step.effect];
  // Of rows that are kept, and of a junction table that may be reached from both of its ends.
  const names = step.effect === 'removed' || step.effect === 'soft-removed' || step.effect === 'refused' ? [] : step.columns;
  const columns = names.length === 0 ? '' : `.${names.join(', ')}`;
  const label = step.entity === null ? step.table : nameOfTable(diagram, step.entity);
  const path = pathTo(impact, index);
  const way = path.map(({ via }) => (path.length === 1 && via.entity === step.entity ? '' : `${nameOfTable(diagram, via.entity)}.`) + via.property);
  const row = element('button', { type: 'button', class: 'row', 'data-key': `step ${index}` }, [
    element('span', { class: `sign tone-${tone}`, 'aria-hidden': 'true' }, [sign]),
    element('span', {}, [`${label}${columns}`]),
    element('span', { class: 'secondary' }, [step.by === 'typeorm' ? 'TypeORM' : step.by === 'database' ? 'database' : '']),
    element('span', { class: 'more secondary' }, [`${step.rule} · by ${way.join(' ← ')}`]),
    ...(step.certain ? [] : [element('span', { class: 'more secondary' }, ['Unless its rows are gone by another way before the database looks.'])]),
  ]);
  const target = step.entity ?? step.via.entity;
  row.addEventListener('click', () => diagram.selectTable(target, null, 'nudge'));
  row.addEventListener('focus', () => diagram.stage.mark({ hovered: target }));
  row.addEventListener('pointerenter', () => diagram.stage.mark({ hovered: target }));
  row.addEventListener('pointerleave', () => diagram.stage.mark({ hovered: null }));
  return row;
}

function notLoaded({ diagram }: DiagramProgram, { notLoaded: relations }: DeleteImpact): HTMLElement[] {
  if (relations.length === 0) return [];
  const names = relations.map(({ entity, property }) => `${nameOfTable(diagram, entity)}.${property}`);
  return [element('p', { class: 'warning' }, [icon('info'), `Not followed: ${names.join(', ')}. TypeORM cascades over loaded relations only.`])];
}

/** What one may expect of a deletion and a save does. */
function onlyOnSave({ diagram }: DiagramProgram, { onlyOnSave: rules }: DeleteImpact, name: string): HTMLElement[] {
  return rules.map(({ property, target, action }) =>
    element('p', { class: 'secondary', 'data-orphans': property }, [
      `orphanedRowAction: '${action}' is not asked here. It ${orphanWords[action]} a ${nameOfTable(diagram, target)} that a save of the ${name} leaves out of ${property}.`,
    ]),
  );
}

const orphanWords: Readonly<Record<OrphanRule['action'], string>> = {
  nullify: 'un-links',
  delete: 'deletes',
  'soft-delete': 'soft-deletes',
  disable: 'keeps linked',
};

function toMarkings({ diagram }: DiagramProgram, impact: DeleteImpact): Markings {
  const tables = new Map<string, Mark>([[impact.entity, { tone: 'root', sign: '×', words: 'the row that is deleted' }]]);
  const edges = new Map<string, Mark>();
  // The gravest effect is painted; the list names them all.
  for (const effect of effectOrder) {
    const { tone, sign, words } = effects[effect];
    for (const step of impact.steps.filter((each) => each.effect === effect)) {
      const mark: Mark = { tone, sign, words: `${words} by ${step.rule}` };
      if (step.entity !== null && !tables.has(step.entity)) tables.set(step.entity, mark);
      const edge = edgeBetween(diagram, step.via.entity, step.via.property);
      if (edge !== null && !edges.has(edge)) edges.set(edge, mark);
    }
  }
  return { tables, edges, rows: new Map() };
}
