import { createHmac, randomBytes } from 'node:crypto';
import type { TokenOf } from '../core/profile/redactEvent';

/** Values of which the token is remembered; beyond them it is computed again. */
const KEPT = 50_000;

/** Tokens with a secret of their own, which is forgotten with the run: nobody can try values out. */
export function createTokens(): TokenOf {
  const secret = randomBytes(32);
  const known = new Map<string, string>();
  return (value) => {
    const seen = known.get(value);
    if (seen !== undefined) return seen;
    if (known.size >= KEPT) known.clear();
    const token = `~${createHmac('sha256', secret).update(value).digest('base64url').slice(0, 12)}`;
    known.set(value, token);
    return token;
  };
}
