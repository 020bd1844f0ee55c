/** What one request asks for several times: so many calls from one line are the client's doing, and no loop of the app's. */

/** Names that are counted at most, of one request. */
const MOST = 1_000;

/** @returns how often each name occurs that occurs more than once; undefined for none */
export function repeated(names: readonly string[]): Readonly<Record<string, number>> | undefined {
  if (names.length < 2 || names.length > MOST) return undefined;
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const several = [...counts].filter(([, count]) => count > 1);
  return several.length === 0 ? undefined : Object.fromEntries(several);
}
