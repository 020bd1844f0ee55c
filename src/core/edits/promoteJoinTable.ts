/**
 * Promotes a many-to-many's join table to an entity of its own, so that the link can carry data: both sides become one-to-manys to it.
 *
 *     @ManyToMany(() => Author, (author) => author.books)      @OneToMany(() => BookAuthor, (bookAuthor) => bookAuthor.book)
 *     @JoinTable()                                         →   bookAuthors!: BookAuthor[];
 *     authors!: Author[];
 *
 * Table and columns keep their names: the database needs no migration for them (docs: Many-to-many relations, "with custom properties").
 */
import type { Entity, Relation } from '../model/relationGraph';
import { ensureImport, ensureImports, importPath } from './decoratorEdits';
import { readSource, type EditContext } from './editContext';
import { exportedAs } from './importClass';
import { nodesByName } from './nodesByName';
import { obstacleInGraph, obstacleInSource, obstacleOfImport } from './promotionObstacles';
import { listingSource, registerBeside } from './registerEntity';
import { isEcmaScriptModule, usesRelationType } from './relationType';
import { detectStyle, indentAt, type SourceStyle } from './sourceStyle';
import { toTextEdits, type Change, type SourceText } from './sourceText';
import type { TextEdit } from './textEdit';

export interface Promotion {
  readonly kind: 'edit';
  readonly title: string;
  /** The new entity's file. */
  readonly created: { readonly file: string; readonly text: string };
  readonly edits: readonly TextEdit[];
}

export type PromotionResult = Promotion | { readonly kind: 'declined'; readonly reason: string };

export interface PromotionContext extends EditContext {
  /** TypeORM's major version (0 or 1); null where it is not known. */
  readonly typeormMajor: number | null;
}

/**
 * @param relation either side of a many-to-many of that entity
 * @param files where a DataSource may list its entities by class; the new one is added beside the owner
 */
export function promoteJoinTable(context: PromotionContext, entity: Entity, relation: Relation, files: Iterable<string> = []): PromotionResult {
  const sides = sidesOf(context, entity, relation);
  if (typeof sides === 'string') return { kind: 'declined', reason: sides };
  const name = freeName(context, sides);
  const created = { file: fileFor(sides.owner.source.file, name), text: '' };
  if (context.readFile(created.file) !== undefined)
    return { kind: 'declined', reason: `There is a file ${created.file} already. Rename it, and try again.` };
  const isWrapped =
    isEcmaScriptModule(context.readFile, created.file) || [sides.owner.source, sides.other.home].some((home) => home && usesRelationType(home));
  const text = entityText(sides, name, created.file, { isOldLine: context.typeormMajor === 0, isWrapped });
  const sources = new Map<string, { readonly source: SourceText; readonly changes: Change[] }>();
  for (const side of [sides.owner, ...(sides.inverse ? [sides.inverse] : [])]) {
    const known = sources.get(side.source.file) ?? { source: side.source, changes: [] };
    known.changes.push(...relationChange(known.source, side, name));
    sources.set(side.source.file, known);
  }
  const registered: TextEdit[] = [];
  for (const file of files) {
    const side = sources.get(file);
    const source = side?.source ?? listingSource(context, file, sides.owner.entity.name);
    const changes = source ? registerBeside(source, sides.owner.entity.name, name, created.file) : [];
    // A side's own file imports the new entity anyway.
    if (side) side.changes.push(...changes.filter(({ newText }) => !newText.includes('import ')));
    else if (source) registered.push(...toTextEdits(source, changes));
  }
  for (const { source, changes } of sources.values())
    changes.push(...importChanges(source, name, created.file, [...sources.keys()].length === 1 && sides.inverse ? 2 : 1, sides));
  return {
    kind: 'edit',
    title: `Promote the join table ${sides.table} to an entity (${name})`,
    created: { ...created, text },
    edits: [...[...sources.values()].flatMap(({ source, changes }) => toTextEdits(source, changes)), ...registered],
  };
}

interface Side {
  readonly entity: Entity;
  readonly relation: Relation;
  readonly source: SourceText;
  /** The many-to-one's property on the link entity. */
  readonly property: string;
  /** The join table's columns that hold this side's key, with what they reference. */
  readonly columns: readonly { readonly name: string; readonly type: string | null; readonly property: string }[];
}

interface Sides {
  readonly owner: Side;
  /** Null where the other entity has no side of its own. */
  readonly inverse: Side | null;
  readonly other: Omit<Side, 'relation' | 'source'> & { readonly home: SourceText | null };
  readonly table: string;
}

function sidesOf(context: EditContext, entity: Entity, relation: Relation): Sides | string {
  const target = context.graph.entities.find(({ id }) => id === relation.targetId);
  if (relation.kind !== 'many-to-many' || !target) return 'Only a many-to-many between two known entities has a join table.';
  const back = relation.inverse === null ? undefined : target.relations.find(({ property }) => property === relation.inverse);
  const [owning, inverse] = relation.owner
    ? [{ entity, relation }, back ? { entity: target, relation: back } : null]
    : [back ? { entity: target, relation: back } : null, { entity, relation }];
  if (!owning?.relation.joinTable) return 'No side of this many-to-many has a @JoinTable, so that there is no join table to promote.';
  const otherEntity = owning.entity === entity ? target : entity;
  if (owning.entity.id === otherEntity.id) return 'Both sides are one entity: which end is which is yours to say, so write this link entity by hand.';
  const reason = obstacleInGraph(context.graph, owning, inverse ? [owning, inverse] : [owning]);
  if (reason !== null) return reason;
  const { joinTable } = owning.relation;
  const owner = completed(context, owning, joinTable.joinColumns, lowerFirst(owning.entity.name));
  const other = {
    entity: otherEntity,
    property: lowerFirst(otherEntity.name),
    columns: columnsOf(otherEntity, joinTable.inverseJoinColumns),
    home: readSource(context, otherEntity.source.file),
  };
  const completedInverse = inverse && completed(context, inverse, joinTable.inverseJoinColumns, other.property);
  if (!owner || (inverse && !completedInverse)) return 'The source of one of its sides was not found. Save the files, and try again.';
  const obstacle =
    obstacleInSource(owner) ??
    (completedInverse && obstacleInSource(completedInverse)) ??
    obstacleOfImport(owner.entity, owner.source) ??
    obstacleOfImport(other.entity, other.home);
  if (obstacle !== null) return obstacle;
  return { owner, inverse: completedInverse ?? null, other, table: joinTable.table };
}

function completed(
  context: EditContext,
  { entity, relation }: { readonly entity: Entity; readonly relation: Relation },
  columns: readonly string[],
  property: string,
): Side | null {
  const source = readSource(context, entity.source.file);
  return source && { entity, relation, source, property, columns: columnsOf(entity, columns) };
}

/** The join table's columns stand in the order of the keys that they reference. */
function columnsOf(entity: Entity, names: readonly string[]): Side['columns'] {
  const keys = entity.columns.filter(({ primary }) => primary);
  return names.map((name, position) => {
    const key = keys[position];
    return { name, type: key?.generated === 'uuid' ? 'uuid' : (key?.type ?? null), property: key?.property ?? 'id' };
  });
}

function freeName({ graph }: EditContext, { owner, other }: Sides): string {
  const taken = new Set(graph.entities.map(({ name }) => name));
  const name = owner.entity.name + other.entity.name;
  for (const candidate of [name, `${name}Link`]) if (!taken.has(candidate)) return candidate;
  return `${name}Link2`;
}

/** Beside the owner, named in its manner: `book.entity.ts` → `book-author.entity.ts`, `Book.ts` → `BookAuthor.ts`. */
function fileFor(owner: string, name: string): string {
  const folder = owner.slice(0, owner.lastIndexOf('/') + 1);
  const file = owner.slice(folder.length);
  const suffix = /(?:\.\w+)?\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.ts';
  const kebab = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return folder + (/^[A-Z]/.test(file) ? name : kebab) + suffix;
}

interface Facts {
  /** TypeORM 0.3, whose foreign keys differ. */
  readonly isOldLine: boolean;
  /** Whether types of relations are written as `Relation<…>`. */
  readonly isWrapped: boolean;
}

function entityText({ owner, inverse, other, table }: Sides, name: string, file: string, { isOldLine, isWrapped }: Facts): string {
  const style = detectStyle(owner.source);
  const { quote, indent, newline } = style;
  const end = style.semicolons ? ';' : '';
  const typeorm = ['Entity', 'Index', 'JoinColumn', 'ManyToOne', 'PrimaryColumn', ...(isWrapped ? ['type Relation'] : [])].join(', ');
  const typeOfClass = (entity: Entity): string => (isWrapped ? `Relation<${entity.name}>` : entity.name);
  const here: SourceText = { ...owner.source, file };
  const imports = [
    `import {${style.braceSpace}${typeorm}${style.braceSpace}} from ${quote}typeorm${quote}${end}`,
    ...[
      { entity: owner.entity, source: owner.source },
      { entity: other.entity, source: other.home },
    ].map(
      ({
        entity: {
          name,
          source: { file: home },
        },
        source,
      }) => {
        const imported = source && exportedAs(source, name) === 'default' ? name : `{${style.braceSpace}${name}${style.braceSpace}}`;
        return `import ${imported} from ${quote}${importPath(here, home)}${quote}${end}`;
      },
    ),
  ];
  const back = collectionName(name);
  const members = [
    ...[...owner.columns, ...other.columns].map((column) => [
      `@PrimaryColumn(${columnOptions(column, style)})`,
      `${column.name}!: ${typeOf(column.type)}${end}`,
    ]),
    [...manyToOne(owner, back, actionsOf(owner.relation, 'CASCADE'), style), `${owner.property}!: ${typeOfClass(owner.entity)}${end}`],
    // The key begins with the owner's columns; the other's have no index of their own.
    [
      '@Index()',
      ...manyToOne(other, inverse ? back : null, actionsOf(inverse?.relation ?? null, inverse && isOldLine ? null : 'CASCADE'), style),
      `${other.property}!: ${typeOfClass(other.entity)}${end}`,
    ],
  ];
  return [
    ...imports,
    '',
    `/** The link between ${owner.entity.name} and ${other.entity.name}; what belongs to the pair goes here. */`,
    `@Entity(${quote}${table}${quote})`,
    `export class ${name} {`,
    members.map((lines) => lines.map((line) => indent + line).join(newline)).join(newline + newline),
    '}',
    '',
  ].join(newline);
}

interface Actions {
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

/**
 * What the join table's foreign key does. Both cascade by default; 0.3 leaves the inverse side's out where there is such a side
 * (`JunctionEntityMetadataBuilder`).
 */
function actionsOf(relation: Relation | null, byDefault: 'CASCADE' | null): Actions {
  return { onDelete: relation?.onDelete ?? byDefault, onUpdate: relation?.onUpdate ?? byDefault };
}

function manyToOne({ entity, columns }: Omit<Side, 'relation' | 'source'>, back: string | null, actions: Actions, style: SourceStyle): string[] {
  const { quote } = style;
  const parameter = lowerFirst(entity.name);
  const inverse = back === null ? '' : `, (${parameter}) => ${parameter}.${back}`;
  const written = Object.entries(actions).flatMap(([option, action]) => (action === null ? [] : [`${option}: ${quote}${action}${quote}`]));
  const options = written.length === 0 ? '' : `, {${style.braceSpace}${written.join(', ')}${style.braceSpace}}`;
  const join = columns.map(
    (column) => `{ name: ${quote}${column.name}${quote}${columns.length > 1 ? `, referencedColumnName: ${quote}${column.property}${quote}` : ''} }`,
  );
  return [`@ManyToOne(() => ${entity.name}${inverse}${options})`, `@JoinColumn(${join.length > 1 ? `[${join.join(', ')}]` : (join[0] ?? '')})`];
}

/** The types that TypeORM reads off the TypeScript type need not be said. */
function columnOptions({ type }: Side['columns'][number], { quote }: SourceStyle): string {
  return type === null || ['int', 'integer', 'varchar', 'number', 'string'].includes(type.toLowerCase()) ? '' : `${quote}${type}${quote}`;
}

function typeOf(type: string | null): string {
  return type === null || /^(?:int|integer|smallint|tinyint|mediumint|number|float|double|real|int4|int2|serial)/i.test(type) ? 'number' : 'string';
}

function relationChange(source: SourceText, { relation, property }: Side, link: string): Change[] {
  const style = detectStyle(source);
  const starts = source.tree.getLineStarts();
  const start = (starts[relation.range.line - 1] ?? 0) + relation.range.column - 1;
  const end = (starts[relation.range.endLine - 1] ?? 0) + relation.range.endColumn - 1;
  const parameter = lowerFirst(link);
  const lines = [
    `@OneToMany(() => ${link}, (${parameter}) => ${parameter}.${property})`,
    `${collectionName(link)}!: ${link}[]${style.semicolons ? ';' : ''}`,
  ];
  return [{ start, end, newText: lines.join(style.newline + indentAt(source.text, start)) }];
}

/** The imports that the new decorators need, without those that nothing needs any more. */
function importChanges(source: SourceText, link: string, file: string, sideCount: number, { owner }: Sides): Change[] {
  const uses = (name: string): number => (nodesByName(source).identifiers.get(name) ?? []).length;
  // One use is the import itself, one is each decorator that goes.
  const unused = [
    ...(uses('ManyToMany') <= 1 + sideCount ? ['ManyToMany'] : []),
    ...(source.file === owner.source.file && uses('JoinTable') <= 2 ? ['JoinTable'] : []),
  ];
  return [...swapImport(source, unused), ...ensureImport(source, link, importPath(source, file))];
}

/** One change of the whole list: edits of neighbours in it would touch each other. */
function swapImport(source: SourceText, unused: readonly string[]): Change[] {
  const { typescript, tree } = source;
  const needed = (nodesByName(source).identifiers.get('OneToMany') ?? []).length === 0;
  for (const statement of tree.statements) {
    const bindings = typescript.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (!bindings || !typescript.isNamedImports(bindings) || !bindings.elements.some(({ name }) => unused.includes(name.text))) continue;
    const { elements } = bindings;
    const [first, second, last] = [elements[0], elements[1], elements.at(-1)];
    if (!first || !last) continue;
    const separator = second ? source.text.slice(first.end, second.getStart(tree)) : ', ';
    const kept = elements.filter(({ name }) => !unused.includes(name.text)).map((element) => element.getText(tree));
    const names = needed ? sortedWith(kept, 'OneToMany') : kept;
    return [{ start: first.getStart(tree), end: last.end, newText: names.join(separator) }];
  }
  return needed ? ensureImports(source, ['OneToMany'], 'typeorm') : [];
}

/** Before the first name that comes behind it. */
function sortedWith(names: readonly string[], name: string): string[] {
  const at = names.findIndex((each) => each.toLowerCase() > name.toLowerCase());
  return at < 0 ? [...names, name] : [...names.slice(0, at), name, ...names.slice(at)];
}

function collectionName(link: string): string {
  return `${lowerFirst(link)}s`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
