/** What the extension's messages change. */
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { applyChange, changeBetween } from '../../src/protocol/diagramChange';
import type { DiagramState, ToDiagram } from '../../src/protocol/diagramPanel';
import { showsPart } from '../../src/core/diagram/views/diagramView';
import type { DiagramProgram } from './program';

type ModelMessage = Extract<ToDiagram, { type: 'model' }>;
type SelectMessage = Extract<ToDiagram, { type: 'select' }>;

/** Answers each message, and tells the features of it afterwards. */
export function listenToMessages(program: DiagramProgram): void {
  const { diagram, arranging, commands } = program;
  /** What the editor asks for may arrive before its table has been placed, or while a part without it is shown. */
  let pendingSelection: SelectMessage | null = null;

  const showSelection = (message: SelectMessage): void => {
    const box = diagram.findBox(message.entity);
    pendingSelection = box ? null : message;
    if (box) diagram.selectTable(box.id, message.property, message.reveal ? 'centre' : 'stay');
    else if (message.reveal && showsPart(diagram.view) && diagram.sent.tables.some(({ id }) => id === message.entity)) {
      void arranging.showEverything();
    }
  };
  arranging.onLaidOut = () => {
    if (pendingSelection) showSelection(pendingSelection);
  };

  const receive = (message: ToDiagram): void => {
    switch (message.type) {
      case 'model':
        void showModel(program, message.model, message.state, message.focus);
        return;
      case 'select':
        return showSelection(message);
      case 'heat':
        diagram.heat = new Map(message.heat.map((entry) => [`${entry.entity}.${entry.relation}`, entry]));
        diagram.repaintPicture();
        arranging.onPillsChanged();
        return diagram.updateMirror();
      case 'command':
        return commands.run(message.command);
    }
  };
  /** The last model as it came. */
  let received: ModelMessage | null = null;
  /** A change as the whole that it leads to; what did not change keeps its objects either way. Null where it is based on something else. */
  const toWhole = (message: ToDiagram): ToDiagram | null => {
    if (message.type === 'model') {
      const model = received ? applyChange(received.model, changeBetween(received.model, message.model)) : message.model;
      return (received = { ...message, model });
    }
    if (message.type !== 'change') return message;
    if (received?.revision !== message.basedOn) return null;
    const { revision, focus, state } = message;
    return (received = { type: 'model', model: applyChange(received.model, message.change), revision, focus, state });
  };
  diagram.host.onMessage((wire) => {
    const message = toWhole(wire);
    // Who says that he is ready is sent everything.
    if (!message) return diagram.host.post({ type: 'ready' });
    receive(message);
    for (const feature of program.features) feature.receive?.(message);
  });
}

async function showModel(
  { diagram, arranging, features }: DiagramProgram,
  next: DiagramModel,
  state: DiagramState,
  focus: string | null,
): Promise<void> {
  // A workspace that is being read again keeps the last good picture; so does one whose diagram failed.
  const keepsPicture = diagram.sent.tables.length > 0 && next.tables.length === 0 && (state.kind === 'loading' || state.kind === 'error');
  diagram.parts.showBanner(keepsPicture && state.kind === 'error' ? state.message : null);
  if (keepsPicture) return;
  diagram.state = state;
  diagram.sent = features.reduce((model, feature) => feature.amend?.(model) ?? model, next);
  diagram.focus = focus ?? diagram.focus;
  if (diagram.mode === 'sidebar') diagram.stage.marked = diagram.focus;
  await arranging.layOut(focus);
}
