/**
 * `getMetadataArgsStorage().columns.push({ target, propertyName, mode, options })`: what TypeORM's decorators do, which decorators of a project's own
 * may do without them. Each such entry is registered as what the decorator of TypeORM's registers that adds such entries (metadata-args in TypeORM).
 */
import { metadataWriters, type EntryWriter } from './metadataEntries';
import type { Evaluator } from './evaluator';
import { hasKind, native, unknown, type CallSite, type NamespaceValue, type Value } from './values';

/** TypeORM's `getMetadataArgsStorage`: what is added to its lists is registered; what they hold is not known. */
export const getMetadataArgsStorage = native('getMetadataArgsStorage', () => storage);

const lists = new Map<string, NamespaceValue>(Object.entries(metadataWriters).map(([name, write]) => [name, listOf(write)]));

const storage: NamespaceValue = { kind: 'namespace', get: (name) => lists.get(name) ?? unknown, names: () => [] };

function listOf(write: EntryWriter): NamespaceValue {
  const push = native('push', (entries, site, evaluator) => {
    for (const entry of entries) add(evaluator, write, entry, site);
    return unknown;
  });
  return { kind: 'namespace', get: (name) => (name === 'push' ? push : unknown), names: () => [] };
}

function add(evaluator: Evaluator, write: EntryWriter, entry: Value, { place }: CallSite): void {
  if (!hasKind(entry, 'object')) return;
  const written = write(entry);
  const property = entry.properties.get('propertyName');
  const target = entry.properties.get('target');
  if (written) evaluator.registrar.register(written.decorator, written.args, place, typeof property === 'string' ? [target, property] : [target]);
}
