/**
 * What of a request may be sent again, and what it was sent with beyond that, by name: values that say who asks, or that nobody here knows the
 * meaning of, stay in the app.
 */
import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from '../protocol/probe';

/** Say how the answer is to look. */
const KEPT = new Set(['accept', 'accept-language', 'x-requested-with']);

/** Says how a body is to be read, which whoever sends another one has to say as well. */
const OF_BODY = 'content-type';

/** Said by clients and proxies of their own accord; a request without them is the same request. */
const ORDINARY =
  /^(:.*|host|connection|keep-alive|user-agent|accept-encoding|accept-charset|content-(length|type|encoding)|transfer-encoding|te|trailer|expect|upgrade.*|cache-control|pragma|if-.*|referer|origin|dnt|priority|sec-.*|via|forwarded|x-forwarded-.*|x-real-ip|x-request-id|x-correlation-id|traceparent|tracestate|baggage|b3|x-b3-.*)$/;

const MAX_LENGTH = 200;
const MAX_NAMES = 20;
const MAX_KNOWN = 1_000;

type Meaning = 'kept' | 'body type' | 'body length' | 'ordinary' | 'withheld';

interface HeaderName {
  /** In lower case. */
  readonly name: string;
  readonly meaning: Meaning;
}

/** By the name as it was sent: the same few come with every request. */
const known = new Map<string, HeaderName>();

/** Undefined where there is nothing to tell. `rawHeaders` is read, for `headers` is only made when the app asks for it. */
export function requestFacts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): RequestFacts | undefined {
  const headers: Record<string, string> = {};
  const withheld: string[] = [];
  let hasBody = false;
  let bodyType: string | undefined;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const { name, meaning } = headerName(rawHeaders[i] ?? '');
    const value = rawHeaders[i + 1] ?? '';
    if (meaning === 'kept') {
      if (value !== '*/*' && value.length <= MAX_LENGTH) headers[name] = value;
    } else if (meaning === 'body type') bodyType = value;
    else if (meaning === 'body length') hasBody ||= value !== '0';
    else if (meaning === 'withheld' && withheld.length < MAX_NAMES && !withheld.includes(name)) withheld.push(name);
  }
  if (hasBody && bodyType !== undefined && bodyType.length <= MAX_LENGTH) headers[OF_BODY] = bodyType;
  if (!hasBody && withheld.length === 0 && Object.keys(headers).length === 0) return undefined;
  return { headers, withheld, hasBody };
}

function headerName(sent: string): HeaderName {
  let found = known.get(sent);
  if (!found) {
    const name = sent.toLowerCase();
    found = { name, meaning: meaningOf(name) };
    if (known.size < MAX_KNOWN) known.set(sent, found);
  }
  return found;
}

function meaningOf(name: string): Meaning {
  if (KEPT.has(name)) return 'kept';
  if (name === OF_BODY) return 'body type';
  if (name === 'content-length' || name === 'transfer-encoding') return 'body length';
  return ORDINARY.test(name) ? 'ordinary' : 'withheld';
}
