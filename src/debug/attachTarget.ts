/** What an attach configuration attaches to. Pure. */
import type { TypeormArguments } from './childConfiguration';

/** As the JavaScript debugger has it. */
const DEFAULT_INSPECTOR_PORT = 9229;
const LOOPBACK = '127.0.0.1';

/**
 * Node's inspector listens on IPv4 unless it is told otherwise. The JavaScript debugger's own default, `localhost`, is tried on IPv6 as
 * well, and where that refuses, some of its versions (1.117 among them) give up on both.
 */
export function atLoopback(configuration: TypeormArguments): TypeormArguments {
  const { address, websocketAddress, processId } = configuration;
  const saysWhere = [address, websocketAddress, processId].some((attribute) => attribute !== undefined);
  return saysWhere ? configuration : { ...configuration, address: LOOPBACK };
}

/** Null for another machine's, a process, and what is no port. */
export function portOfThisMachine({ address, port, websocketAddress, processId }: TypeormArguments): { address: string; port: number } | null {
  if (websocketAddress !== undefined || processId !== undefined) return null;
  if (address === undefined || !/^(?:127\.\d+\.\d+\.\d+|localhost|::1)$/.test(address)) return null;
  const number = Number(port ?? DEFAULT_INSPECTOR_PORT);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? { address, port: number } : null;
}

/** In a few words, for the user. */
export function attachedTo({ websocketAddress, processId, address = LOOPBACK, port = DEFAULT_INSPECTOR_PORT }: TypeormArguments): string {
  if (websocketAddress !== undefined) return websocketAddress;
  return processId === undefined ? `${address}:${port}` : `process ${processId}`;
}
