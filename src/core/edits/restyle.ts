/**
 * New code in the quotes and braces of the file it goes to. Edits are composed from small pieces; here their text gets the file's habits at last, where these
 * are not the usual ones (`'`, `{ a }`). Nothing but quotes that need no escape and spaces within braces is touched, so nothing changes its meaning.
 */
import type { SourceStyle } from './sourceStyle';

const TOKEN = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{}]|[^'"`/{}]+|\//g;
/** Begins an object, an object's type or a pattern rather than a block, as far as one line goes. */
const MEMBER = /^ *(\.\.\.|\w[\w$]*\??\s*[,:}]|['"][^'"]*['"]\s*:|\[)/;

export function restyle(text: string, { quote, braceSpace }: Pick<SourceStyle, 'quote' | 'braceSpace'>): string {
  if (quote === "'" && braceSpace === ' ') return text;
  let out = '';
  let skipSpaces = false;
  const open: boolean[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const written = skipSpaces ? token.replace(/^ +/, '') : token;
    skipSpaces = false;
    if (token === '{') {
      const isObject = braceSpace === '' && !/(\)|=>|\b(?:else|try|do|finally))$/.test(out.trimEnd()) && MEMBER.test(text.slice(index + 1));
      open.push(isObject);
      skipSpaces = isObject;
      out += token;
    } else if (token === '}') {
      if (open.pop() && !/\n *$/.test(out)) out = out.replace(/ +$/, '');
      out += token;
    } else out += requoted(written, quote);
  }
  return out;
}

function requoted(token: string, quote: string): string {
  const isString = /^(['"]).*\1$/.test(token) && token.length > 1;
  const inner = token.slice(1, -1);
  return isString && !/['"\\]/.test(inner) ? quote + inner + quote : token;
}
