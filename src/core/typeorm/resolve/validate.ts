/** What TypeORM refuses when it starts, beyond what building finds (metadata-builder/EntityMetadataValidator.ts). */
import type { GraphProblemCode } from '../../model/graphProblemCodes';
import { isInstalled } from '../../model/isInstalled';
import type { Entity, EntityId, GraphProblem, Relation } from '../../model/relationGraph';
import type { RelationArgs, TargetRef } from './declarations';
import type { EntityEntry } from './entityIndex';
import type { LocalEntity } from './localEntity';

/** What one entity alone, and its relations with their other sides, would be refused for. */
export function checkEntity(
  local: LocalEntity,
  entity: Entity,
  inverseOf: (relation: Relation) => RelationArgs | null,
  entryOf: (target: TargetRef) => EntityEntry | undefined,
  localOf: (id: EntityId) => LocalEntity | null,
): GraphProblem[] {
  if (local.entry.table.type === 'view') return unknownRelationIds(local);
  return [
    ...missingPrimaryColumn(local),
    ...initializedRelations(local),
    ...lazyInEmbedded(local),
    ...hiddenByEmbedded(local, entity),
    ...throwingConstructor(local),
    ...missingDiscriminator(local),
    ...entity.relations.flatMap((relation) => pairedRelations(entity, relation, inverseOf(relation))),
    ...unknownForeignKeys(local, entryOf),
    ...unknownRelationIds(local),
    ...columnsToldAsObject(local, entity),
    ...foreignKeysToldAsObject(local, entity, localOf),
  ];
}

export function fatal(code: GraphProblemCode, message: string, source: GraphProblem['source']): GraphProblem {
  return { code, message, source, fatal: true };
}

function missingPrimaryColumn(local: LocalEntity): GraphProblem[] {
  if (local.columns.some(({ primary }) => primary) || local.chain.some(({ base }) => base.kind === 'outside' && base.why !== null)) return [];
  const installed = local.chain.find(({ key }) => isInstalled(key));
  if (installed) return [addedByPackage(local, installed.name)];
  return [
    fatal(
      'missing-primary-column',
      `\`${local.entry.name}\` has no primary column: add @PrimaryGeneratedColumn() or @PrimaryColumn() to one of its properties.`,
      local.source,
    ),
  ];
}

/** A package's base class may get its key when the app starts, as its settings say (Vendure's `VendureEntity`). */
function addedByPackage({ entry, source }: LocalEntity, base: string): GraphProblem {
  return {
    code: 'missing-primary-column',
    message: `\`${entry.name}\` has no primary column in the sources: its base class \`${base}\` comes from a package, which may add one when the app starts. If it does not, add @PrimaryGeneratedColumn().`,
    source,
  };
}

function initializedRelations(local: LocalEntity): GraphProblem[] {
  if (local.skipsConstructor) return [];
  const initialized = new Set(local.chain.flatMap(({ arrayInitializers }) => arrayInitializers));
  return local.ownRelations.flatMap(({ args }) =>
    (args.kind === 'one-to-many' || args.kind === 'many-to-many') && args.persistence && initialized.has(args.property)
      ? [
          fatal(
            'initialized-relation',
            `\`${local.entry.name}.${args.property}\` is initialised to an array, which TypeORM would save as an emptied relation: remove the \`= []\`.`,
            args.source,
          ),
        ]
      : [],
  );
}

/** TypeORM asks an empty instance for the value of each to-many relation; of lazy ones also where there is no embedded value to ask. */
function lazyInEmbedded(local: LocalEntity): GraphProblem[] {
  return local.relations.flatMap(({ args, embedded, path }) => {
    const isAsked = (args.kind === 'one-to-many' || args.kind === 'many-to-many') && args.lazy && args.persistence;
    const [property = ''] = path.split('.');
    if (!isAsked || !embedded || mayInitialise(local, property)) return [];
    const message = `\`${local.entry.name}.${path}\` is a lazy relation of an embedded value, which TypeORM cannot read as long as there is none: initialise \`${property}\`, or make the relation an ordinary one.`;
    return [fatal('lazy-relation-in-embedded', message, args.source)];
  });
}

function mayInitialise({ skipsConstructor, chain }: LocalEntity, property: string): boolean {
  return !skipsConstructor && chain.some(({ initialized }) => initialized === null || initialized.includes(property));
}

/**
 * TypeORM puts the getter of an embedded lazy relation on the entity itself, under the relation's own name. Where it asks a to-many relation of that name
 * for its value, that getter answers, which fails at once where the embedded relation is joined nowhere.
 */
function hiddenByEmbedded(local: LocalEntity, entity: Entity): GraphProblem[] {
  const asked = new Set(
    local.ownRelations.flatMap(({ args: { kind, lazy, persistence, property } }) =>
      (kind === 'one-to-many' || kind === 'many-to-many') && !lazy && persistence ? [property] : [],
    ),
  );
  if (asked.size === 0) return [];
  const unjoined = new Set(entity.relations.flatMap(({ property, owner, inverse }) => (owner || inverse !== null ? [] : [property])));
  return local.relations.flatMap(({ args, embedded, path }) => {
    if (!embedded || !args.lazy || !asked.has(args.property) || !unjoined.has(path)) return [];
    const message = `\`${local.entry.name}.${path}\` is a lazy relation of an embedded value, which TypeORM takes for \`${local.entry.name}.${args.property}\` and cannot load: give one of them another name, or make the relation an ordinary one.`;
    return [fatal('lazy-relation-in-embedded', message, args.source)];
  });
}

function throwingConstructor(local: LocalEntity): GraphProblem[] {
  const thrown = local.chain[0]?.constructorThrows;
  if (local.skipsConstructor || local.entry.world !== 'decorator' || thrown === null || thrown === undefined) return [];
  return [
    fatal(
      'constructor-throws',
      `The constructor of \`${local.entry.name}\` throws when TypeORM calls it without arguments ("${thrown}"): accept missing arguments, or set entitySkipConstructor.`,
      local.source,
    ),
  ];
}

function missingDiscriminator(local: LocalEntity): GraphProblem[] {
  if (!local.isInheritance || local.columns.some(({ kind }) => kind === 'discriminator')) return [];
  const message = `\`${local.entry.name}\` takes part in single-table inheritance without a discriminator column: write @TableInheritance({ column: 'type' }) on the base entity.`;
  return [fatal('missing-discriminator-column', message, local.source)];
}

function pairedRelations(entity: Entity, relation: Relation, inverse: RelationArgs | null): GraphProblem[] {
  if (!inverse) return [];
  const [own, other] = [`${entity.name}.${relation.property}`, `${relation.target}.${relation.inverse}`];
  const problems: GraphProblem[] = [];
  if (relation.eager && inverse.eager) {
    const message = `\`${own}\` and \`${other}\` are both eager, so loading one would never end: remove \`eager: true\` from one side.`;
    problems.push(fatal('circular-eager', message, relation.source));
  }
  if (relation.cascade.includes('remove') && inverse.cascade.includes('remove')) {
    const message = `\`${own}\` and \`${other}\` both cascade removal, which could delete in circles: keep "remove" on one side only.`;
    problems.push(fatal('circular-cascade-remove', message, relation.source));
  }
  return problems;
}

/** A child's are those of its root, and told there. */
function unknownRelationIds(local: LocalEntity): GraphProblem[] {
  if (local.root !== null) return [];
  const known = new Set(local.relations.map(({ path }) => path));
  return local.relationIds.flatMap(({ property, relation, source }) => {
    if (relation === null || known.has(relation)) return [];
    const message = `\`${local.entry.name}.${property}\` is a @RelationId of \`${relation}\`, which is no relation of \`${local.entry.name}\`: name one of its relations.`;
    return [fatal('unknown-relation-id', message, source)];
  });
}

/** `Data type "Object" in "Book.isbn" is not supported` (metadata-builder/EntityMetadataValidator.ts). A child's columns are told with its root. */
function columnsToldAsObject(local: LocalEntity, { relations }: Entity): GraphProblem[] {
  if (local.root !== null) return [];
  return local.columns.flatMap(({ isToldAsObject, column, path, declaredIn, source }) => {
    if (!isToldAsObject || source === null || relations.some(({ joinColumns }) => joinColumns.some((join) => join.column === column))) return [];
    const name = path.includes('.') ? `${local.entry.name}.${path}` : `${declaredIn}.${path}`;
    const message = `\`${name}\` has no column type, and TypeScript tells TypeORM no more of it than \`Object\`, which no database has: give it one, as in \`@Column({ type: 'varchar' })\`.`;
    return [fatal('object-column-type', message, source)];
  });
}

/**
 * `Data type "Object" in "Order.card" is not supported`: foreign keys and join tables take the type of the key before its strategy (`@Generated('uuid')`)
 * decides on it (metadata-builder/EntityMetadataBuilder.ts). Join columns in join tables that name what they refer to are left out.
 */
function foreignKeysToldAsObject(local: LocalEntity, { relations }: Entity, localOf: (id: EntityId) => LocalEntity | null): GraphProblem[] {
  if (local.root !== null) return [];
  return relations.flatMap(({ targetId, owner, property, joinColumns, source }) => {
    const target = targetId === null ? null : localOf(targetId);
    if (!owner || !target) return [];
    const joinTable = local.relations.find(({ path }) => path === property)?.joinTable;
    const isNamed = [...(joinTable?.joinColumns ?? []), ...(joinTable?.inverseJoinColumns ?? [])].some(({ references }) => references !== null);
    const referenced = joinTable
      ? [...local.columns, ...target.columns].filter(({ primary }) => primary && !isNamed)
      : target.columns.filter(({ column }) => joinColumns.some(({ references }) => references === column));
    const key = referenced.find(({ isToldAsObjectAtFirst }) => isToldAsObjectAtFirst);
    if (!key) return [];
    const message = `The foreign key of \`${local.entry.name}.${property}\` takes the type of \`${key.declaredIn}.${key.path}\` before @Generated decides on that, and TypeScript tells TypeORM no more of it than \`Object\`: give the key a type, as in \`@PrimaryColumn('uuid')\`.`;
    return [fatal('object-column-type', message, source)];
  });
}

function unknownForeignKeys(local: LocalEntity, entryOf: (target: TargetRef) => EntityEntry | undefined): GraphProblem[] {
  return local.foreignKeys.flatMap(({ target, source, property }) => {
    if (target.kind === 'unknown' || entryOf(target)) return [];
    return [
      fatal(
        'unresolved-target',
        `The target \`${target.name}\` of the foreign key on \`${local.entry.name}${property === null ? '' : `.${property}`}\` is not an entity of this workspace: decorate it with @Entity(), or add its folder.`,
        source,
      ),
    ];
  });
}
