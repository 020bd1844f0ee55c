/** What a GraphQL operation asks for: the parts of its document that the probe looks at, and the fields that it asks for under several aliases. */
import { repeated } from './askedTimes';

export interface Definition {
  readonly kind: string;
  readonly operation?: string;
  readonly name?: { readonly value: string };
  readonly selectionSet?: Selections;
}

interface Selections {
  readonly selections?: readonly Selection[];
}

interface Selection {
  readonly kind: string;
  /** Of a field, or of the fragment that is spread. */
  readonly name?: { readonly value: string };
  readonly alias?: { readonly value: string };
  readonly selectionSet?: Selections;
}

/** Selections that are looked at, of one operation. */
const MOST = 1_000;

/**
 * @param definitions of the operation's document, fragments among them
 * @returns how often each field of the root type is asked for that is asked for several times, under a name of its own each time; undefined for none
 */
export function repeatedFields(operation: Definition, definitions: readonly Definition[]): Readonly<Record<string, number>> | undefined {
  try {
    const fields = new Map<string, string>();
    collect(operation.selectionSet, definitions, new Set(), fields);
    return fields.size > MOST ? undefined : repeated([...fields.values()]);
  } catch {
    // A document by hand, whose error is graphql's to tell.
    return undefined;
  }
}

/** Name in the answer → field. One name is one field, however often it is written (GraphQL specification, "Field Selection Merging"). */
function collect(set: Selections | undefined, definitions: readonly Definition[], spread: Set<string>, fields: Map<string, string>): void {
  for (const { kind, name, alias, selectionSet } of set?.selections ?? []) {
    if (fields.size > MOST) return;
    if (kind === 'InlineFragment') collect(selectionSet, definitions, spread, fields);
    if (name === undefined) continue;
    if (kind === 'Field') fields.set(alias?.value ?? name.value, name.value);
    if (kind !== 'FragmentSpread' || spread.has(name.value)) continue;
    spread.add(name.value);
    const fragment = definitions.find((each) => each.kind === 'FragmentDefinition' && each.name?.value === name.value);
    collect(fragment?.selectionSet, definitions, spread, fields);
  }
}
