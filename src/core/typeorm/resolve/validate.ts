/** What TypeORM refuses when it starts, beyond what building finds (metadata-builder/EntityMetadataValidator.ts). */
import type { Entity, EntityId, GraphProblem, Relation } from '../../model/relationGraph';
import type { LocalEntity } from './localEntity';

export function validateGraph(locals: readonly LocalEntity[], entities: readonly Entity[]): GraphProblem[] {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const validated = locals.filter(({ entry }) => entry.table.type !== 'view');
  return [
    ...validated.flatMap(missingPrimaryColumn),
    ...validated.flatMap((local) => [...initializedRelations(local), ...throwingConstructor(local)]),
    ...missingDiscriminator(validated),
    ...repeatedDiscriminators(validated),
    ...validated.flatMap((local) => pairedRelations(byId.get(local.entry.id), byId)),
    ...circularRequirements(validated, byId),
    ...validated.flatMap((local) => unknownForeignKeys(local, locals)),
  ];
}

function fatal(code: string, message: string, source: GraphProblem['source']): GraphProblem {
  return { code, message, source, fatal: true };
}

function missingPrimaryColumn(local: LocalEntity): GraphProblem[] {
  if (local.columns.some(({ primary }) => primary) || local.chain.some(({ base }) => base.kind === 'outside' && base.why !== null)) return [];
  return [
    fatal(
      'missing-primary-column',
      `\`${local.entry.name}\` has no primary column: add @PrimaryGeneratedColumn() or @PrimaryColumn() to one of its properties.`,
      local.source,
    ),
  ];
}

function initializedRelations(local: LocalEntity): GraphProblem[] {
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

function throwingConstructor(local: LocalEntity): GraphProblem[] {
  const thrown = local.chain[0]?.constructorThrows;
  if (local.entry.world !== 'decorator' || thrown === null || thrown === undefined) return [];
  return [
    fatal(
      'constructor-throws',
      `The constructor of \`${local.entry.name}\` throws when TypeORM calls it without arguments ("${thrown}"): accept missing arguments, or set entitySkipConstructor.`,
      local.source,
    ),
  ];
}

function missingDiscriminator(locals: readonly LocalEntity[]): GraphProblem[] {
  return locals
    .filter(({ isInheritance, columns }) => isInheritance && !columns.some(({ kind }) => kind === 'discriminator'))
    .map((local) =>
      fatal(
        'missing-discriminator-column',
        `\`${local.entry.name}\` takes part in single-table inheritance without a discriminator column: write @TableInheritance({ column: 'type' }) on the base entity.`,
        local.source,
      ),
    );
}

function repeatedDiscriminators(locals: readonly LocalEntity[]): GraphProblem[] {
  const first = new Map<string, LocalEntity>();
  return locals
    .filter(({ isInheritance }) => isInheritance)
    .flatMap((local) => {
      const key = JSON.stringify([local.root ?? local.entry.id, local.discriminatorValue]);
      const other = first.get(key);
      if (!other) {
        first.set(key, local);
        return [];
      }
      const message = `\`${local.entry.name}\` and \`${other.entry.name}\` have the same discriminator value "${String(local.discriminatorValue)}": give one of them another in @ChildEntity().`;
      return [fatal('repeated-discriminator-value', message, local.source)];
    });
}

function pairedRelations(entity: Entity | undefined, byId: ReadonlyMap<EntityId, Entity>): GraphProblem[] {
  return (entity?.relations ?? []).flatMap((relation) => {
    const inverse = inverseRelation(relation, byId);
    if (!entity || !inverse) return [];
    const [own, other] = [`${entity.name}.${relation.property}`, `${relation.target}.${inverse.property}`];
    return [
      ...(relation.eager && inverse.eager
        ? [
            fatal(
              'circular-eager',
              `\`${own}\` and \`${other}\` are both eager, so loading one would never end: remove \`eager: true\` from one side.`,
              relation.source,
            ),
          ]
        : []),
      ...(relation.cascade.includes('remove') && inverse.cascade.includes('remove')
        ? [
            fatal(
              'circular-cascade-remove',
              `\`${own}\` and \`${other}\` both cascade removal, which could delete in circles: keep "remove" on one side only.`,
              relation.source,
            ),
          ]
        : []),
    ];
  });
}

function inverseRelation(relation: Relation, byId: ReadonlyMap<EntityId, Entity>): Relation | undefined {
  const target = relation.targetId === null ? undefined : byId.get(relation.targetId);
  return target?.relations.find(({ property }) => property === relation.inverse);
}

/** Entities that need each other before either can be saved. TypeORM goes by names, so that equal names are one node. */
function circularRequirements(locals: readonly LocalEntity[], byId: ReadonlyMap<EntityId, Entity>): GraphProblem[] {
  const needs = new Map<string, { readonly target: string; readonly relation: Relation }[]>();
  for (const { entry } of locals) {
    const entity = byId.get(entry.id);
    for (const relation of entity?.relations ?? []) {
      const isRequired = relation.owner && relation.kind !== 'many-to-many' && !relation.nullable && relation.targetId !== null;
      if (isRequired) needs.set(entry.name, [...(needs.get(entry.name) ?? []), { target: relation.target, relation }]);
    }
  }
  const cycle = findCycle(needs);
  const [first] = cycle;
  if (!first) return [];
  const path = [...cycle.map(({ name }) => name), first.name].join(' → ');
  return [
    fatal(
      'circular-requirement',
      `${path}: each of these needs the next to be saved first: make one of the relations nullable.`,
      first.relation.source,
    ),
  ];
}

type Needs = ReadonlyMap<string, readonly { readonly target: string; readonly relation: Relation }[]>;

function findCycle(needs: Needs): { name: string; relation: Relation }[] {
  const done = new Set<string>();
  const path: { name: string; relation: Relation }[] = [];
  const depths = new Map<string, number>();
  const visit = (name: string): { name: string; relation: Relation }[] => {
    const start = depths.get(name);
    if (start !== undefined) return path.slice(start);
    if (done.has(name)) return [];
    done.add(name);
    depths.set(name, path.length);
    for (const { target, relation } of needs.get(name) ?? []) {
      path.push({ name, relation });
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
      path.pop();
    }
    depths.delete(name);
    return [];
  };
  for (const name of needs.keys()) {
    const cycle = visit(name);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function unknownForeignKeys(local: LocalEntity, locals: readonly LocalEntity[]): GraphProblem[] {
  return local.foreignKeys.flatMap(({ target, source, property }) => {
    if (target.kind === 'unknown') return [];
    const known = locals.some(({ entry }) =>
      target.kind === 'class' ? entry.key === target.key : entry.name === target.name || entry.table.name === target.name,
    );
    if (known) return [];
    return [
      fatal(
        'unresolved-target',
        `The target \`${target.name}\` of the foreign key on \`${local.entry.name}${property === null ? '' : `.${property}`}\` is not an entity of this workspace: decorate it with @Entity(), or add its folder.`,
        source,
      ),
    ];
  });
}
