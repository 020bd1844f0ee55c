/**
 * What entities would be refused for together (metadata-builder/EntityMetadataValidator.ts). Each entity says what it brings to that
 * as plain data, which hardly any edit changes.
 */
import type { GraphProblemCode } from '../../model/graphProblemCodes';
import type { Entity, EntityId, GraphProblem, Relation } from '../../model/relationGraph';
import type { LocalEntity } from './localEntity';
import { fatal } from './validate';

/** A class of single-table inheritance. */
export interface Family {
  readonly root: EntityId;
  readonly value: string | number | null;
}

/** A relation without which its entity cannot be saved. */
export interface Requirement {
  readonly id: EntityId;
  readonly property: string;
  readonly target: string;
}

/** What one entity brings. */
export interface Contribution {
  readonly id: EntityId;
  readonly name: string;
  readonly family: Family | null;
  readonly requirements: readonly Requirement[];
}

/** What was found, by the entity (and its relation) to show it at. */
export interface JointProblem {
  readonly code: GraphProblemCode;
  readonly message: string;
  readonly id: EntityId;
  readonly property: string | null;
}

export function familyOf({ isInheritance, root, entry, discriminatorValue }: LocalEntity): Family | null {
  return isInheritance ? { root: root ?? entry.id, value: discriminatorValue } : null;
}

export function requirementsOf(entity: Entity): Requirement[] {
  if (entity.type === 'view') return [];
  const { id } = entity;
  return entity.relations.flatMap(({ owner, kind, nullable, targetId, property, target }) =>
    owner && kind !== 'many-to-many' && !nullable && targetId !== null ? [{ id, property, target }] : [],
  );
}

export function checkTogether(contributions: readonly Contribution[]): JointProblem[] {
  return [...repeatedDiscriminators(contributions), ...circularRequirements(contributions)];
}

/** Where the sources say it. */
export function placeProblem({ code, message, property }: JointProblem, { source, relations }: Entity): GraphProblem {
  const relation: Relation | undefined = property === null ? undefined : relations.find((candidate) => candidate.property === property);
  return fatal(code, message, relation?.source ?? source);
}

function repeatedDiscriminators(contributions: readonly Contribution[]): JointProblem[] {
  const first = new Map<string, string>();
  return contributions.flatMap(({ id, name, family }) => {
    if (!family) return [];
    const key = JSON.stringify([family.root, family.value]);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      return [];
    }
    const message = `\`${name}\` and \`${other}\` have the same discriminator value "${String(family.value)}": give one of them another in @ChildEntity().`;
    return [{ code: 'repeated-discriminator-value', message, id, property: null }];
  });
}

/** Entities that need each other before either can be saved. TypeORM goes by names, so that equal names are one node. */
function circularRequirements(contributions: readonly Contribution[]): JointProblem[] {
  const needs = new Map<string, readonly Requirement[]>();
  for (const { name, requirements } of contributions) {
    if (requirements.length === 0) continue;
    const known = needs.get(name);
    needs.set(name, known ? [...known, ...requirements] : requirements);
  }
  const cycle = findCycle(needs);
  const [first] = cycle;
  if (!first) return [];
  const path = [...cycle.map(({ name }) => name), first.name].join(' → ');
  const message = `${path}: each of these needs the next to be saved first: make one of the relations nullable.`;
  return [{ code: 'circular-requirement', message, id: first.need.id, property: first.need.property }];
}

interface Step {
  readonly name: string;
  readonly need: Requirement;
}

/** Depth first, with a stack of its own: chains of requirements may be as long as there are entities. */
function findCycle(needs: ReadonlyMap<string, readonly Requirement[]>): Step[] {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    if (done.has(start)) continue;
    const path: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
    const depths = new Map([[start, 0]]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const need = needs.get(top.name)?.[top.next++];
      if (!need) {
        done.add(top.name);
        depths.delete(top.name);
        path.pop();
        continue;
      }
      const depth = depths.get(need.target);
      if (depth !== undefined) return path.slice(depth).map(({ name, next }) => ({ name, need: needs.get(name)?.[next - 1] as Requirement }));
      if (done.has(need.target)) continue;
      depths.set(need.target, path.length);
      path.push({ name: need.target, next: 0 });
    }
  }
  return [];
}
