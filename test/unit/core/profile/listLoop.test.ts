import { describe, expect, it } from 'vitest';
import { isInWholeLoop, isLoopOver } from '../../../../src/core/profile/listLoop';
import type { Site } from '../../../../src/core/profile/queryProfile';

/** `@` stands where the query of the loop is, `#` where that of the list is. */
function read(source: string) {
  const lines = source.split('\n');
  const siteOf = (mark: string): Site => {
    const line = lines.findIndex((text) => text.includes(mark)) + 1;
    return { file: '/app/a.ts', line, column: (lines[line - 1] ?? '').replace(mark === '@' ? '#' : '@', '').indexOf(mark) + 1, function: null };
  };
  const sourceLine = (_file: string, at: number): string | null => lines[at - 1]?.replace(/[@#]/g, '') ?? null;
  return { site: siteOf('@'), list: siteOf('#'), sourceLine };
}

function isOver(source: string): boolean {
  const { site, list, sourceLine } = read(source);
  return isLoopOver(site, list, sourceLine);
}

function isWhole(source: string): boolean {
  const { site, sourceLine } = read(source);
  return isInWholeLoop(site, sourceLine);
}

describe('a loop goes over what a query gave a name', () => {
  it.each([
    ['a constant', 'const posts = await repo.#find();\nfor (const post of posts) await @load(post);'],
    ['a typed one', 'const posts: Post[] = await repo.#find();\nfor (const post of posts) await @load(post);'],
    ['the first of two', 'const [posts, count] = await repo.#findAndCount();\nfor (const post of posts) await @load(post);'],
    ['a statement over several lines', 'const posts = await repo\n  .createQueryBuilder()\n  .#getMany();\nposts.map((post) => @load(post));'],
    ['an assignment', 'let posts: Post[];\nposts = await repo.#find();\nfor (const post of posts) await @load(post);'],
    ['the head itself', 'for (const post of await repo.#find()) await @load(post);'],
    ['its entries', 'const posts = await repo.#find();\nfor (const [at, post] of posts.entries()) await @load(post, at);'],
  ])('%s', (_what, source) => {
    expect(isOver(source)).toBe(true);
  });

  it.each([
    ['another list', 'const posts = await repo.#find();\nfor (const id of ids) await @load(id);'],
    ['a part of something else of that name', 'const posts = await repo.#find();\nfor (const post of page.posts) await @load(post);'],
    ['a function of that name', 'const posts = await repo.#find();\nfor (const post of posts()) await @load(post);'],
    ['a list without a name', 'await repo.#find();\nfor (const post of posts) await @load(post);'],
    ['the statement before', 'const posts = [];\nawait repo.#find();\nfor (const post of posts) await @load(post);'],
    ['no loop', 'const posts = await repo.#find();\nawait @load(posts[0]);'],
  ])('not: %s', (_what, source) => {
    expect(isOver(source)).toBe(false);
  });
});

describe('a loop goes on to the last row', () => {
  it.each([
    ['for … of', 'for (const post of posts) {\n  await @load(post);\n}\nreturn posts;'],
    ['a map, whose callback returns', 'posts.map(async (post) => {\n  const more = await @load(post);\n  return more;\n});'],
  ])('%s', (_what, source) => {
    expect(isWhole(source)).toBe(true);
  });

  it.each([
    ['break', 'for (const post of posts) {\n  await @load(post);\n  break;\n}'],
    ['return', 'for (const post of posts) {\n  const more = await @load(post);\n  if (more) return more;\n}'],
    ['on one line', 'for (const post of posts) { await @load(post); break; }'],
    ['some', 'posts.some((post) => @load(post));'],
    ['no loop', 'await @load(posts[0]);'],
  ])('not: %s', (_what, source) => {
    expect(isWhole(source)).toBe(false);
  });
});
