/** The text of a `launch.json`, with one configuration more. Knows nothing of VS Code. */
import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree, type Edit, type JSONPath, type Node, type ParseError } from 'jsonc-parser';

export interface LaunchConfiguration {
  readonly name: string;
  readonly [property: string]: unknown;
}

/** What to change in the text, and where the configuration stands in the text thus changed: offsets in UTF-16 units. */
export interface AddedConfiguration {
  readonly edits: readonly Edit[];
  readonly start: number;
  readonly end: number;
}

/** The text is no launch configuration file; `offset` is where it first shows. */
export class UnusableLaunchJson extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const LIST = 'configurations';

/**
 * Puts a configuration on top of a launch.json's list, where VS Code's own *Add Configuration…* puts it; comments and all else stay.
 * One that is there already is not added again, and a name that is taken gets a number.
 * @param text of the file; blank where it is new
 * @throws UnusableLaunchJson where the text is not JSON (with comments), or has something else in the list's place
 */
export function addLaunchConfiguration(text: string, configuration: LaunchConfiguration, indent: string): AddedConfiguration {
  const blank = text.trim() === '';
  const present = blank ? [] : configurationsOf(text);
  const same = present.findIndex((one) => JSON.stringify(getNodeValue(one)) === JSON.stringify(configuration));
  if (same >= 0) return { edits: [], ...rangeOf(text, same) };
  const taken = new Set(present.map((one) => (getNodeValue(one) as { name?: unknown } | null)?.name));
  const named = { ...configuration, name: freeName(configuration.name, taken) };
  const edits = blank ? [wholeFile(text, named, indent)] : inserted(text, named, indent);
  return { edits, ...rangeOf(applyEdits(text, edits), 0) };
}

function wholeFile(text: string, configuration: LaunchConfiguration, indent: string): Edit {
  return { offset: 0, length: text.length, content: `${JSON.stringify({ version: '0.2.0', [LIST]: [configuration] }, null, indent)}\n` };
}

function inserted(text: string, configuration: LaunchConfiguration, indent: string): Edit[] {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: indent !== '\t', tabSize: indent === '\t' ? 4 : indent.length, eol };
  return modify(text, [LIST, 0], configuration, { isArrayInsertion: true, formattingOptions });
}

function configurationsOf(text: string): Node[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new UnusableLaunchJson('It is not valid JSON', error.offset);
  if (root?.type !== 'object') throw new UnusableLaunchJson('It holds no object', root?.offset ?? 0);
  const list = findNodeAtLocation(root, [LIST]);
  if (list && list.type !== 'array') throw new UnusableLaunchJson(`Its "${LIST}" is no list`, list.offset);
  return list?.children ?? [];
}

function rangeOf(text: string, index: number): { start: number; end: number } {
  const at: JSONPath = [LIST, index];
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, at);
  if (!node) return { start: 0, end: 0 };
  return { start: node.offset, end: node.offset + node.length };
}

function freeName(name: string, taken: ReadonlySet<unknown>): string {
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(free)) return free;
    free = `${name} (${number})`;
  }
}
