/** Whether two pieces of plain data are equal, all the way down. Unlike comparing their JSON it stops at the first difference, and where they share a part. */
export function sameData(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, index) => sameData(item, right[index]));
  if (left instanceof Map) return right instanceof Map && left.size === right.size && sameData([...left], [...right]);
  const [first, second] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(first);
  return keys.length === Object.keys(second).length && keys.every((key) => sameData(first[key], second[key]));
}
