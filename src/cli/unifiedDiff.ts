import { structuredPatch } from 'diff';

/**
 * One file's change as a unified diff, for `git apply` and `patch -p1`.
 * @param file relative to the folder in which the diff is to be applied
 * @returns an empty string where nothing changed
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
  const text = hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) =>
    [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines].join('\n'),
  );
  return `--- a/${file}\n+++ b/${file}\n${text.join('\n')}\n`;
}

function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${start},${lines}`;
}
