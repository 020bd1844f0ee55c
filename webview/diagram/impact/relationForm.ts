/** The form of a planned relation: where it leads to, of what kind it is, its fields, who holds the key, what deleting does. */
import { ownerOf, type PlannedOnDelete, type RelationPlan } from '../../../src/core/edits/relationPlan';
import type { RelationKind } from '../../../src/core/model/relationGraph';
import type { DiagramTable } from '../../../src/core/diagram/diagramModel';
import { element } from '../dom';
import { checkbox, choice } from './sidePanel';

export interface RelationFormContext {
  /** Those that the diagram was sent. */
  readonly tables: readonly DiagramTable[];
  readonly nameOf: (table: string) => string;
  readonly onChange: (next: Partial<RelationPlan>) => void;
  /** A name is being typed: drawing the form anew would take the caret out of its field. */
  readonly onType: (field: 'property' | 'inverse', value: string) => void;
}

const kinds: readonly RelationKind[] = ['many-to-one', 'one-to-many', 'one-to-one', 'many-to-many'];
const noAction = 'nothing said';
const actions: readonly PlannedOnDelete[] = ['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'];

/** The fields that the relation's kind asks for, in the order that they are filled in. */
export function relationForm(plan: RelationPlan, context: RelationFormContext): HTMLElement[] {
  const { kind, inverse } = plan;
  return [
    targetField(plan, context),
    kindField(plan, context),
    ...nameFields(plan, context),
    ...((kind === 'one-to-one' || kind === 'many-to-many') && inverse !== null ? [ownerField(plan, context)] : []),
    ...(kind === 'many-to-many' ? [] : [nullableField(plan, context), onDeleteField(plan, context)]),
    ...(kind === 'many-to-one' || kind === 'one-to-many' ? [indexField(plan, context)] : []),
  ];
}

function targetField({ to }: RelationPlan, { tables, onChange }: RelationFormContext): HTMLElement {
  const offered = tables.filter((table) => table.type !== 'view').sort((a, b) => (a.name < b.name ? -1 : 1));
  return choice(
    'to',
    'to',
    to,
    offered.map(({ id, name }) => [id, name] as const),
    (next) => onChange({ to: next }),
  );
}

function kindField({ kind, from, to }: RelationPlan, { nameOf, onChange }: RelationFormContext): HTMLElement {
  return choice(
    'kind',
    'kind',
    kind,
    kinds.map((each) => [each, sentenceOf(each, nameOf(from), nameOf(to))] as const),
    (next) => onChange({ kind: next }),
  );
}

/** A one-to-many cannot do without the other side. */
function nameFields({ kind, from, to, property, inverse }: RelationPlan, { nameOf, onChange, onType }: RelationFormContext): HTMLElement[] {
  return [
    textField('property', `field of ${nameOf(from)}`, property, (value) => onType('property', value)),
    ...(kind === 'one-to-many'
      ? []
      : [checkbox('two-sided', [`${nameOf(to)} knows of it too`], inverse !== null, (both) => onChange({ inverse: both ? '' : null }))]),
    ...(inverse === null ? [] : [textField('inverse', `field of ${nameOf(to)}`, inverse, (value) => onType('inverse', value))]),
  ];
}

function ownerField({ kind, from, to, owner }: RelationPlan, { nameOf, onChange }: RelationFormContext): HTMLElement {
  return choice(
    'owner',
    kind === 'many-to-many' ? 'join table of' : 'foreign key in',
    owner,
    [
      ['from', nameOf(from)],
      ['to', nameOf(to)],
    ],
    (next) => onChange({ owner: next }),
  );
}

/** A key that may not be NULL cannot be set to NULL either. */
function nullableField(plan: RelationPlan, { nameOf, onChange }: RelationFormContext): HTMLElement {
  const holder = nameOf(ownerOf(plan) === 'from' ? plan.from : plan.to);
  return checkbox('nullable', [`${holder} may have none (foreign key may be NULL)`], plan.nullable, (nullable) =>
    onChange({ nullable, ...(!nullable && plan.onDelete === 'SET NULL' ? { onDelete: null } : {}) }),
  );
}

function onDeleteField({ nullable, onDelete }: RelationPlan, { onChange }: RelationFormContext): HTMLElement {
  return choice(
    'onDelete',
    'on delete',
    onDelete ?? noAction,
    [
      [noAction, 'refuse (database’s default)'],
      ...actions.filter((action) => nullable || action !== 'SET NULL').map((action) => [action, action] as const),
    ],
    (next) => onChange({ onDelete: next === noAction ? null : (next as PlannedOnDelete) }),
  );
}

function indexField({ index }: RelationPlan, { onChange }: RelationFormContext): HTMLElement {
  return checkbox('index', ['an index on the foreign key'], index, (next) => onChange({ index: next }));
}

/** `Many Book to one Author`. */
function sentenceOf(kind: RelationKind, from: string, to: string): string {
  const [here, there] = kind.split('-to-') as [string, string];
  return `${here.charAt(0).toUpperCase()}${here.slice(1)} ${from} to ${there} ${to}`;
}

function textField(key: string, label: string, value: string, onInput: (value: string) => void): HTMLElement {
  const input = element('input', { type: 'text', 'data-key': key, spellcheck: 'false' });
  input.value = value;
  input.addEventListener('input', () => onInput(input.value.trim()));
  return element('label', { class: 'field' }, [element('span', {}, [label]), input]);
}
