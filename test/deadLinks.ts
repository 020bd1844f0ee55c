import path from 'node:path';

/**
 * The relative links and pictures of a Markdown page that lead nowhere.
 * @param page its path among the files, with forward slashes
 * @param files every file that there is, spelt as on disk
 */
export function deadLinks(page: string, text: string, files: readonly string[]): string[] {
  const linked = [...text.matchAll(/\]\((?!https?:|command:|#)([^)#\s]+)/g)].map((match) => match[1]!);
  return linked.filter((link) => !files.includes(path.posix.join(path.posix.dirname(page), link))).map((link) => `${page}: ${link}`);
}
