/**
 * Writes a new relation into the classes of both its entities: decorators, properties, imports, each in the style of its file.
 * One list of edits over one or two files, to be applied as one.
 */
import type ts from 'typescript';
import { groupBy } from '../model/groupBy';
import { isInstalled } from '../model/isInstalled';
import { findEntity } from '../model/questions';
import type { Entity, RelationKind } from '../model/relationGraph';
import { appendMember, ensureImport, inverseText } from './decoratorEdits';
import { readSource, type EditContext } from './editContext';
import { exportedAs, importClass } from './importClass';
import { brokenByImport } from './importCycle';
import { bang, importRelation, isEcmaScriptModule, isJavaScript, relationType, type RelationType } from './relationType';
import { COUNTERPARTS, ownerOf, type RelationPlan } from './relationPlan';
import { renderObject } from './objectLiteral';
import { detectStyle, type SourceStyle } from './sourceStyle';
import { descendants, toTextEdits, type Change, type SourceText } from './sourceText';
import type { TextEdit } from './textEdit';

export type RelationEdit =
  { readonly kind: 'edit'; readonly title: string; readonly edits: readonly TextEdit[] } | { readonly kind: 'declined'; readonly reason: string };

/** The edits that write a relation; declined with a sentence where the plan or the sources do not allow it. */
export function relateEntities(context: EditContext, plan: RelationPlan): RelationEdit {
  const mistake = mistakeIn(plan);
  if (mistake !== null) return decline(mistake);
  const from = placeOf(context, plan.from);
  const to = placeOf(context, plan.to, typeof from === 'string' ? undefined : from.source);
  if (typeof from === 'string') return decline(from);
  if (typeof to === 'string') return decline(to);
  const sides = sidesOf(plan, from, to);
  for (const side of sides) {
    const reason = whyNotThere(side);
    if (reason !== null) return decline(reason);
  }
  const edits = [...groupBy(sides, ({ here }) => here.source)].flatMap(([source, own]) =>
    toTextEdits(source, joinInsertions(changesFor(context, source, own))),
  );
  const back = plan.inverse === null ? '' : ` and ${to.entity.name}.${plan.inverse}`;
  return { kind: 'edit', title: `Write ${from.entity.name}.${plan.property}${back}`, edits };
}

function decline(reason: string): RelationEdit {
  return { kind: 'declined', reason };
}

/** What cannot be meant, whatever the sources are. */
function mistakeIn({ kind, from, to, property, inverse, nullable, onDelete }: RelationPlan): string | null {
  for (const name of [property, inverse ?? 'none'])
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `“${name}” is no name for a field. Use letters, digits and _.`;
  if (kind === 'one-to-many' && inverse === null) return 'A one-to-many needs the field on the other side: that is where the foreign key is.';
  if (onDelete === 'SET NULL' && !nullable) return 'ON DELETE SET NULL needs a foreign key that may be NULL. Allow NULL, or choose another action.';
  if (from === to && property === inverse) return `Both sides are on one class: give them two names instead of “${property}” twice.`;
  return null;
}

// --- where ---------------------------------------------------------------------------------------------------------------------------

interface Place {
  readonly entity: Entity;
  readonly source: SourceText;
  readonly node: ts.ClassLikeDeclaration;
}

/** The class of an entity, or why there is none to write into. */
function placeOf(context: EditContext, id: string, known?: SourceText): Place | string {
  const entity = findEntity(context.graph, id);
  if (!entity) return 'The entity is gone from the sources. Choose another one.';
  if (isInstalled(entity.source.file)) return `${entity.name} belongs to an installed package, which is not yours to change. Choose another one.`;
  if (entity.type === 'view') return `${entity.name} is a view: the database cannot hold a foreign key to it.`;
  if (entity.declaredBy === 'entity-schema')
    return `${entity.name} is an EntitySchema, and only decorators can be written. Add the relation to its “relations” by hand.`;
  const source = known?.file === entity.source.file ? known : readSource(context, entity.source.file);
  const node = source && classAt(source, entity);
  if (source && node && !source.typescript.isSourceFile(node.parent))
    return `${entity.name} is declared within a function or namespace, where another class cannot name it. Move it to the top of its file first.`;
  return source && node
    ? { entity, source, node }
    : `The class of ${entity.name} was not found in ${entity.source.file}. Save the file and try again.`;
}

function classAt(source: SourceText, { source: name }: Entity): ts.ClassLikeDeclaration | null {
  const start = (source.tree.getLineStarts()[name.line - 1] ?? 0) + name.column - 1;
  for (const node of descendants(source, source.tree)) {
    if (source.typescript.isClassLike(node) && (node.name ?? node).getStart(source.tree) === start) return node;
  }
  return null;
}

// --- what ----------------------------------------------------------------------------------------------------------------------------

/** One field of the relation, with everything that its text is made of. */
interface Side {
  readonly kind: RelationKind;
  readonly here: Place;
  readonly there: Place;
  readonly property: string;
  readonly back: string | null;
  readonly isOwner: boolean;
  readonly plan: RelationPlan;
}

function sidesOf(plan: RelationPlan, from: Place, to: Place): Side[] {
  const owner = ownerOf(plan);
  const first: Side = { kind: plan.kind, here: from, there: to, property: plan.property, back: plan.inverse, isOwner: owner === 'from', plan };
  if (plan.inverse === null) return [first];
  return [
    first,
    { kind: COUNTERPARTS[plan.kind], here: to, there: from, property: plan.inverse, back: plan.property, isOwner: owner === 'to', plan },
  ];
}

function whyNotThere({ here, there, property }: Side): string | null {
  const { entity, node, source } = here;
  const members = node.members.flatMap(({ name }) => (name && source.typescript.isIdentifier(name) ? [name.text] : []));
  const fields = [...entity.columns, ...entity.relations].map((each) => each.property.split('.')[0]);
  if ([...members, ...fields].includes(property)) return `${entity.name} has a field “${property}” already. Choose another name.`;
  if (here.source.file === there.source.file) return null;
  if (exportedAs(there.source, there.entity.name) === 'none')
    return `${there.entity.name} is not exported from ${there.source.file}, so ${entity.name} cannot import it. Export it first.`;
  if (isTypeImport(source, there.entity.name))
    return `${source.file} imports ${there.entity.name} with “import type”, and the decorator needs the class itself. Take “type” from that import first.`;
  return brokenByImport(source, there.source);
}

function isTypeImport({ typescript, tree }: SourceText, name: string): boolean {
  return tree.statements.some((statement) => {
    const clause = typescript.isImportDeclaration(statement) ? statement.importClause : undefined;
    if (!clause) return false;
    const wholly = clause.phaseModifier === typescript.SyntaxKind.TypeKeyword;
    if (clause.name?.text === name) return wholly;
    const bindings = clause.namedBindings;
    return (
      !!bindings &&
      typescript.isNamedImports(bindings) &&
      bindings.elements.some((element) => element.name.text === name && (wholly || element.isTypeOnly))
    );
  });
}

// --- how -----------------------------------------------------------------------------------------------------------------------------

const DECORATORS: Readonly<Record<RelationKind, string>> = {
  'one-to-one': 'OneToOne',
  'one-to-many': 'OneToMany',
  'many-to-one': 'ManyToOne',
  'many-to-many': 'ManyToMany',
};

function changesFor(context: EditContext, source: SourceText, sides: readonly Side[]): Change[] {
  const names = sides.flatMap((side) => decoratorsOf(side).map(({ name }) => name));
  const isModule = (file: string): boolean => isEcmaScriptModule(context.readFile, file);
  const wrapped = sides.some((side) => typeOf(side, isModule).wrapped);
  return [
    ...[...new Set(names)].sort().flatMap((name) => ensureImport(source, name, 'typeorm')),
    ...(wrapped ? importRelation(source) : []),
    ...sides.flatMap((side) => importTarget(side)),
    ...sides.map((side) => appendMember(source, side.here.node, linesFor(side, detectStyle(source), typeOf(side, isModule).text))),
  ];
}

function importTarget({ here, there }: Side): Change[] {
  const { source } = here;
  if (source.file === there.source.file) return [];
  return importClass(source, there.entity.name, there.source.file, there.source);
}

function decoratorsOf({ kind, isOwner, plan }: Side): { readonly name: string; readonly text: string }[] {
  const relation = { name: DECORATORS[kind], text: '' };
  if (!isOwner) return [relation];
  if (kind === 'many-to-one') return [...(plan.index ? [{ name: 'Index', text: '@Index()' }] : []), relation];
  return [relation, kind === 'many-to-many' ? { name: 'JoinTable', text: '@JoinTable()' } : { name: 'JoinColumn', text: '@JoinColumn()' }];
}

function linesFor(side: Side, style: SourceStyle, type: string): string[] {
  const decorators = decoratorsOf(side).flatMap(({ text }) => (text === '' ? relationDecorator(side, style).split(/\r?\n/) : [text]));
  return [...decorators, propertyLine(side, style, type)];
}

function relationDecorator({ kind, there, back, isOwner, plan }: Side, style: SourceStyle): string {
  const parameter = there.entity.name.charAt(0).toLowerCase() + there.entity.name.slice(1);
  const options: string[] = [];
  if (isOwner && kind !== 'many-to-many') {
    if (!plan.nullable) options.push('nullable: false');
    if (plan.onDelete !== null) options.push(`onDelete: ${style.quote}${plan.onDelete}${style.quote}`);
  }
  const head = [`() => ${there.entity.name}`, ...(back === null ? [] : [inverseText(parameter, back)])].join(', ');
  const start = `@${DECORATORS[kind]}(${head}`;
  return options.length === 0 ? `${start})` : `${start}, ${renderObject(options, style, style.indent.length + start.length + 2, '')})`;
}

function typeOf({ here, there, kind, isOwner, plan }: Side, isModule: (file: string) => boolean): RelationType {
  const many = kind === 'one-to-many' || kind === 'many-to-many';
  const mayBeNull = !many && (!isOwner || plan.nullable) && /\|\s*null\b/.test(here.source.text);
  return relationType(here, { ...there, name: there.entity.name }, many, isModule, mayBeNull ? ' | null' : '');
}

function propertyLine({ here: { source }, property }: Side, style: SourceStyle, type: string): string {
  const end = style.semicolons ? ';' : '';
  if (isJavaScript(source.file)) return `${property}${end}`;
  const modifier = /^\s+public (?:readonly )?\w+[!?]?\s*:/m.test(source.text) ? 'public ' : '';
  return `${modifier}${property}${bang(source.text)}: ${type}${end}`;
}

/** Insertions at one place become one, in their order: tools differ in which of two comes first. */
function joinInsertions(changes: readonly Change[]): Change[] {
  const joined: Change[] = [];
  for (const change of changes) {
    const known = joined.findIndex(({ start, end }) => start === change.start && end === change.end && start === end);
    const before = joined[known];
    if (before) joined[known] = { ...before, newText: before.newText + change.newText };
    else joined.push(change);
  }
  return joined;
}
