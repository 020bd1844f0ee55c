/** Words for messages: plain sentences with the names of the user's own code. */

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${grouped(count)} times`;
}

export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${count === 1 ? noun : pluralOf(noun)}`;
}

/** `OrderItem` → `order item`: how one speaks of a row. */
export function nounOf(entity: string | null): string {
  if (entity === null) return 'row';
  return (
    entity
      .replace(/Entity$/, '')
      .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
      .toLowerCase() || 'row'
  );
}

export function milliseconds(ms: number): string {
  if (ms > 0 && ms < 0.05) return 'under 0.1 ms';
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

export function percent(share: number): string {
  return `${Math.max(1, Math.round(share * 100))} %`;
}

export function relationName(entity: string | null, relation: string | null): string {
  return [entity, relation].filter((part) => part !== null).join('.');
}

function pluralOf(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

export function bytes(size: number): string {
  return size >= 1024 * 1024 ? `${(size / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1024))} KB`;
}

/** Three of them, and how many more. */
export function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more columns` : names.join(', ');
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
