/**
 * A run's updates as they pass from the debug adapter to the editor. The editor would hand them back to us as events, by way of the window's own thread, which has nothing to do
 * with them: that takes longer than all the rest of their way, and many of them hold the window up. So they are taken out of their messages where VS Code shows these
 * to its trackers, in this process. Where an editor hands out copies, or none, the event is as good. Knows no vscode.
 */
import type { ProfileUpdate } from '../../protocol/collector';
import { PROFILE_EVENT } from '../../protocol/debug';

interface Message {
  readonly type?: string;
  readonly event?: string;
  body?: unknown;
}

export class PassingUpdates {
  private readonly seen = new Set<string>();

  /** The update in a message of the adapter, which the editor then gets without; null where there is none. */
  take(sessionId: string, message: unknown): ProfileUpdate | null {
    const passing = message as Message;
    if (passing.type !== 'event' || passing.event !== PROFILE_EVENT || !passing.body) return null;
    const update = passing.body as ProfileUpdate;
    this.seen.add(sessionId);
    passing.body = undefined;
    return update;
  }

  /** The update of an event; null where it was taken before. */
  late(sessionId: string, body: unknown): ProfileUpdate | null {
    return body && !this.seen.has(sessionId) ? (body as ProfileUpdate) : null;
  }

  forget(sessionId: string): void {
    this.seen.delete(sessionId);
  }
}
