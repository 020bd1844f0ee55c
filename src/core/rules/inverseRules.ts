/** Rules about the two sides of a relation naming each other. TypeORM checks none of this; what breaks, breaks far from the cause. */
import { ensureImport, addInverse, appendMember, importPath, inverseText } from '../edits/decoratorEdits';
import { detectStyle } from '../edits/sourceStyle';
import type { Entity, Relation, RelationKind } from '../model/relationGraph';
import { inverseName, type InverseName } from './inverseName';
import { nearestName } from './nearestName';
import type { Fix, RuleContext } from './rule';
import { classOf, fixOf, isSameFamily, isToMany, nameOf, parameterFor, relationRule, relationsBetween, syntaxOf } from './ruleSyntax';

const COUNTERPART: Record<RelationKind, RelationKind> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

/** `(book) => book.autor`: the target has no such property. */
export const inverseUnknownProperty = relationRule('inverse-unknown-property', (context, entity, relation) => {
  const named = unresolvedInverse(context, relation);
  if (!named || memberKind(context, named.target, named.inverse.name) !== 'missing') return null;
  const near = nearestName(
    named.inverse.name,
    named.target.relations.map(({ property }) => property),
  );
  const only = onlyWayBack(context, named.target, entity, relation);
  const meant = near ?? only;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} names ${named.target.name}.${named.inverse.name} as its inverse, but ${named.target.name} has no such property.${meant ? ` Did you mean '${meant}'?` : ` Declare it there, or name the relation that leads back to ${entity.name}.`}`,
    source: named.inverse.place,
    related: [{ message: `${named.target.name} is declared here`, source: named.target.source }],
    fixes: () => (meant ? renameInverse(named.inverse, meant) : []),
  };
});

/** `(book) => book.authorId`: a column, where the relation beside it is meant. */
export const inverseNotARelation = relationRule('inverse-not-a-relation', (context, entity, relation) => {
  const named = unresolvedInverse(context, relation);
  if (!named || memberKind(context, named.target, named.inverse.name) !== 'plain') return null;
  const meant = relationOverColumn(named.target, named.inverse.name) ?? onlyWayBack(context, named.target, entity, relation);
  return {
    // The side with the foreign key works without an inverse; the others need theirs to find the rows.
    severity: relation.owner ? 'warning' : 'error',
    message: `${nameOf(entity, relation)} names ${named.target.name}.${named.inverse.name} as its inverse, but that is no relation.${meant ? ` The relation is '${meant}'.` : ''}`,
    source: named.inverse.place,
    related: [{ message: `${named.target.name} is declared here`, source: named.target.source }],
    fixes: () => (meant ? renameInverse(named.inverse, meant) : []),
  };
});

/** One-to-many with anything but many-to-one, and the like. */
export const inverseKindMismatch = relationRule('inverse-kind-mismatch', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (!inverse || relation.tree || inverse.relation.kind === COUNTERPART[relation.kind]) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is ${relation.kind}, so its inverse must be ${COUNTERPART[relation.kind]}, but ${nameOf(inverse.entity, inverse.relation)} is ${inverse.relation.kind}.`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} is declared here`, source: inverse.relation.source }],
  };
});

/** The inverse leads to a third entity: rows of the wrong parent come back, and wrong keys are written. */
export const inverseWrongTarget = relationRule('inverse-wrong-target', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const back = inverse && context.entity(inverse.relation.targetId);
  // An inherited field leads back to one heir at most; which one is meant cannot be told.
  if (!inverse || !back || isSameFamily(context, back, entity) || relation.declaredIn !== entity.name) return null;
  const meant = onlyWayBack(context, inverse.entity, entity, relation);
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} names ${nameOf(inverse.entity, inverse.relation)} as its inverse, but that leads to ${back.name}, not to ${entity.name}: TypeORM would return rows of the wrong ${entity.name}.${meant ? ` Did you mean '${meant}'?` : ''}`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} leads to ${back.name}`, source: inverse.relation.source }],
    fixes: () => {
      const name = inverseName(context, relation);
      return meant && name ? renameInverse(name, meant) : [];
    },
  };
});

/** a.bs → b.x, while b.x → a.cs. */
export const inverseAsymmetric = relationRule('inverse-asymmetric', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const again = inverse && context.inverseOf(inverse.relation);
  if (!inverse || !again || again.relation.property === relation.property || !isSameFamily(context, again.entity, entity)) return null;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} names ${nameOf(inverse.entity, inverse.relation)} as its inverse, but that one names ${nameOf(again.entity, again.relation)}: make both name each other.`,
    source: relation.inverseSource ?? relation.source,
    related: [
      {
        message: `${nameOf(inverse.entity, inverse.relation)} names ${again.relation.property}`,
        source: inverse.relation.inverseSource ?? inverse.relation.source,
      },
    ],
    fixes: () => {
      const name = inverseName(context, inverse.relation);
      return name
        ? fixOf(`Make ${nameOf(inverse.entity, inverse.relation)} name '${relation.property}'`, [replaceName(name, relation.property)])
        : [];
    },
  };
});

/** A one-to-many is held by the other side's foreign key: without a many-to-one it is held by nothing. */
export const o2mWithoutInverse = relationRule('o2m-without-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (relation.kind !== 'one-to-many' || relation.tree || relation.inverseSource || relation.inverse || !target) return null;
  const back = relationsBetween(context, target, entity).filter(({ kind }) => kind === 'many-to-one');
  const [only] = back;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is one-to-many but names no inverse side: TypeORM needs the many-to-one in ${target.name} that holds the foreign key.${only ? ` Name '${only.property}'.` : ''}`,
    source: relation.source,
    related: [
      {
        message: only ? `${nameOf(target, only)} leads back to ${entity.name}` : `${target.name} is declared here`,
        source: only?.source ?? target.source,
      },
    ],
    fixes: () => (only ? nameInverse(context, entity, relation, target, only.property) : writeOtherSide(context, entity, relation, target)),
  };
});

/** The other side names this one, this one does not name the other; a many-to-many then fails from the other side. */
export const inverseOneSided = relationRule('inverse-one-sided', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (relation.kind !== 'many-to-many' || !relation.owner || relation.inverseSource || !target) return null;
  const namer = whoNames(context, entity, relation, target);
  if (!namer) return null;
  return {
    severity: 'error',
    message: `${nameOf(target, namer)} names ${nameOf(entity, relation)} as its inverse, but ${relation.property} does not name ${namer.property}: every query from ${target.name} would fail ("Cannot read properties of undefined").`,
    source: relation.source,
    related: [{ message: `${nameOf(target, namer)} names ${relation.property}`, source: namer.inverseSource ?? namer.source }],
    fixes: () => nameInverse(context, entity, relation, target, namer.property),
  };
});

/** A side that does not own the relation must say which one does. */
export const nonOwnerWithoutInverse = relationRule('non-owner-without-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if ((relation.kind !== 'one-to-one' && relation.kind !== 'many-to-many') || relation.owner || relation.inverseSource || relation.inverse || !target)
    return null;
  const owners = relationsBetween(context, target, entity).filter(
    ({ kind, owner, property }) => kind === relation.kind && owner && !(target.id === entity.id && property === relation.property),
  );
  const owner = whoNames(context, entity, relation, target) ?? (owners.length === 1 ? owners[0] : undefined);
  if (!owner) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} does not own the relation, so it must name the side that does: ${nameOf(target, owner)}.`,
    source: relation.source,
    related: [{ message: `${nameOf(target, owner)} owns it`, source: owner.source }],
    fixes: () => nameInverse(context, entity, relation, target, owner.property),
  };
});

/** Only one side is defined: legal, and often meant. A hint, with the other side ready to be written. */
export const missingInverse = relationRule('missing-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (
    !relation.owner ||
    relation.tree ||
    relation.inverseSource ||
    relation.inverse ||
    !target ||
    !relation.decorator ||
    relation.property.includes('.')
  )
    return null;
  if (relation.declaredIn !== entity.name || target.type === 'view' || whoNames(context, entity, relation, target)) return null;
  const back = relationsBetween(context, target, entity).filter(({ kind, inverse }) => kind === COUNTERPART[relation.kind] && inverse === null);
  if (back.length > 0 && target.id !== entity.id) return null;
  return {
    severity: 'hint',
    message: `${nameOf(entity, relation)} is defined on one side only: nothing in ${target.name} leads back to ${entity.name}.`,
    source: relation.source,
    fixes: () => writeOtherSide(context, entity, relation, target),
  };
});

/** Two relations that claim one and the same inverse: the rows of the second are never seen. */
export const inverseShared = relationRule('inverse-shared', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (!inverse || relation.declaredIn !== entity.name) return null;
  const rival = entity.relations.find(
    (other) => other !== relation && other.declaredIn === entity.name && other.targetId === relation.targetId && other.inverse === relation.inverse,
  );
  if (!rival || inverse.relation.inverse === relation.property) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} and ${nameOf(entity, rival)} both name ${nameOf(inverse.entity, inverse.relation)} as their inverse; it can lead back to one of them only.`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(entity, rival)} names it too`, source: rival.inverseSource ?? rival.source }],
  };
});

interface UnresolvedInverse {
  readonly target: Entity;
  readonly inverse: InverseName;
}

/** An inverse that is written, can be read, and is no relation of the target. */
function unresolvedInverse(context: RuleContext, relation: Relation): UnresolvedInverse | null {
  const target = context.entity(relation.targetId);
  if (!relation.inverseSource || relation.inverse !== null || !target || hasUnknownParts(context, target)) return null;
  const inverse = inverseName(context, relation);
  return inverse && { target, inverse };
}

/** Where a base class or an embedded value could not be read, a property may come from there. */
function hasUnknownParts({ graph }: RuleContext, entity: Entity): boolean {
  return graph.problems.some(
    ({ code, source }) =>
      /^unresolved-(?:base|embedded)|^unknown-base/.test(code) &&
      source.file === entity.range.file &&
      source.line >= entity.range.line &&
      source.line <= entity.range.endLine,
  );
}

function memberKind(context: RuleContext, target: Entity, name: string): 'plain' | 'missing' {
  if (target.columns.some(({ property }) => property === name || property.startsWith(`${name}.`))) return 'plain';
  const found = classOf(context, target);
  return found?.node.members.some((member) => member.name && found.source.typescript.isIdentifier(member.name) && member.name.text === name)
    ? 'plain'
    : 'missing';
}

/** The relation whose foreign key is the column of that property. */
function relationOverColumn(target: Entity, property: string): string | null {
  const column = target.columns.find((candidate) => candidate.property === property)?.column;
  return target.relations.find(({ joinColumns }) => joinColumns.some((join) => join.column === column))?.property ?? null;
}

/** The one relation of the target that leads back and could be the other side. */
function onlyWayBack(context: RuleContext, target: Entity, entity: Entity, relation: Relation): string | null {
  const ways = relationsBetween(context, target, entity).filter(
    ({ kind, property }) => kind === COUNTERPART[relation.kind] && !(target.id === entity.id && property === relation.property),
  );
  return ways.length === 1 ? (ways[0]?.property ?? null) : null;
}

function whoNames(context: RuleContext, entity: Entity, relation: Relation, target: Entity): Relation | undefined {
  return target.relations.find((candidate) => {
    const named =
      candidate.inverse === relation.property && !(target.id === entity.id && candidate.property === relation.property)
        ? context.entity(candidate.targetId)
        : undefined;
    return named !== undefined && isSameFamily(context, named, entity);
  });
}

function renameInverse(inverse: InverseName, name: string): Fix[] {
  return fixOf(`Change to '${name}'`, [replaceName(inverse, name)]);
}

function replaceName(
  { source, node, place }: InverseName,
  name: string,
): { source: InverseName['source']; changes: { start: number; end: number; newText: string }[] } {
  const isString = source.typescript.isStringLiteralLike(node);
  const start = node.getStart(source.tree) + (isString ? 1 : 0);
  return { source, changes: [{ start, end: start + place.endColumn - place.column, newText: name }] };
}

function nameInverse(context: RuleContext, entity: Entity, relation: Relation, target: Entity, property: string): Fix[] {
  const syntax = syntaxOf(context, relation);
  if (!syntax?.decorator) return [];
  return fixOf(`Name ${target.name}.${property} as the inverse of ${nameOf(entity, relation)}`, [
    { source: syntax.source, changes: addInverse(syntax.source, syntax.decorator, parameterFor(target.name), property) },
  ]);
}

/** Writes the other side into the target's class, names it here, and imports what both need. */
function writeOtherSide(context: RuleContext, entity: Entity, relation: Relation, target: Entity): Fix[] {
  const syntax = syntaxOf(context, relation);
  const there = classOf(context, target);
  if (!syntax?.decorator || !there || relation.property.includes('.')) return [];
  const kind = COUNTERPART[relation.kind];
  const many = isToMany({ ...relation, kind });
  const taken = new Set([...target.columns, ...target.relations].map(({ property }) => property));
  const property = freeName(many ? plural(parameterFor(entity.name)) : parameterFor(entity.name), taken);
  const decorator = { 'one-to-one': 'OneToOne', 'one-to-many': 'OneToMany', 'many-to-one': 'ManyToOne', 'many-to-many': 'ManyToMany' }[kind];
  const end = detectStyle(there.source).semicolons ? ';' : '';
  const lines = [
    `@${decorator}(() => ${entity.name}, ${inverseText(parameterFor(entity.name), relation.property)})`,
    `${property}${bang(there.source.text)}: ${many ? `${entity.name}[]` : entity.name}${end}`,
  ];
  const here = addInverse(syntax.source, syntax.decorator, parameterFor(target.name), property);
  const other = [
    ...ensureImport(there.source, decorator, 'typeorm'),
    ...(there.source.file === entity.source.file ? [] : ensureImport(there.source, entity.name, importPath(there.source, entity.source.file))),
    appendMember(there.source, there.node, lines),
  ];
  const title = `Write the other side, ${target.name}.${property}`;
  if (there.source.file === syntax.source.file) return fixOf(title, [{ source: syntax.source, changes: here && [...here, ...other] }]);
  return fixOf(title, [
    { source: syntax.source, changes: here },
    { source: there.source, changes: other },
  ]);
}

/** `!` behind the name, where the file's properties have it. */
function bang(text: string): string {
  return /^\s+(?:public |private |protected |readonly )*\w+!\s*:/m.test(text) ? '!' : '';
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}${i}`;
    if (!taken.has(name)) return name;
  }
}

function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
