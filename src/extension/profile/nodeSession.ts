import { DEBUG_TYPE } from '../../protocol/debug';
import { NODE_DEBUG_TYPES } from './profilableLaunch';

interface Session {
  readonly type: string;
  readonly parentSession?: Session | undefined;
}

/** Whether a debug session, or one that it belongs to, runs a Node.js app: the probe can be in no other. */
export function isNodeSession({ type, parentSession }: Session): boolean {
  const isNode = type === DEBUG_TYPE || (NODE_DEBUG_TYPES as readonly string[]).includes(type);
  return isNode || (parentSession !== undefined && isNodeSession(parentSession));
}
