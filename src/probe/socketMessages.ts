/** A scope for every message that a server of socket.io or of ws hears. */
import { runOpenEnded } from './openEndedScopes';
import { patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** @param module exports of socket.io/dist/socket: the server's side */
export function hookSocketIo(recorder: Recorder, module: unknown): void {
  const Socket = propertyOf(module, 'Socket');
  if (typeof Socket !== 'function') return;
  patchMethod(
    Socket.prototype as object,
    'dispatch',
    (original) =>
      function (this: unknown, ...args) {
        const [event] = args;
        const name = Array.isArray(event) ? String(event[0]) : '';
        return runOpenEnded(recorder, `message ${name}`.trim(), () => original.apply(this, args));
      },
  );
}

/** @param WebSocket what ws/lib/websocket exports: the class, of which servers and clients have instances */
export function hookWs(recorder: Recorder, WebSocket: unknown): void {
  if (typeof WebSocket !== 'function') return;
  patchMethod(
    WebSocket.prototype as object,
    'emit',
    (original) =>
      function (this: unknown, ...args) {
        if (args[0] !== 'message' || propertyOf(this, '_isServer') !== true) return original.apply(this, args);
        return runOpenEnded(recorder, 'message', () => original.apply(this, args));
      },
  );
}
