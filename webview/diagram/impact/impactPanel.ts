/** What both impacts are: a question about one entity, asked again when the sources change; its answer beside the diagram and painted on it. */
import type { DiagramAnswer, DiagramQuestion } from '../../../src/protocol/diagramQuestions';
import { element } from '../dom';
import type { DiagramFeature, DiagramProgram } from '../program';
import type { Markings } from './markings';
import { createLook, showMarkings } from './painting';
import { createSidePanel } from './sidePanel';

type Kind = 'loadImpact' | 'deleteImpact';
interface Answers {
  readonly loadImpact: Extract<DiagramAnswer, { kind: 'loadImpact' }>;
  readonly deleteImpact: Extract<DiagramAnswer, { kind: 'deleteImpact' }>;
}
/** What is asked besides the entity. */
type Terms<Of extends Kind> = Omit<Extract<DiagramQuestion, { readonly kind: Of }>, 'kind' | 'entity'>;

interface Impact<Of extends Kind> {
  readonly kind: Of;
  /** `Load impact`. */
  readonly label: string;
  readonly menu: { readonly icon: string; readonly label: string };
  /** What is asked about an entity at first; `last` is what was asked before it. */
  begin(last: Terms<Of> | null): Terms<Of>;
  render(answer: Answers[Of], terms: Terms<Of>, change: (next: Partial<Terms<Of>>) => void): ImpactPage;
}

interface ImpactPage {
  readonly title: readonly (Node | string)[];
  readonly content: readonly (Node | string)[];
  readonly markings: Markings;
  /** Tables to be in view besides those that are painted. */
  readonly nearby?: readonly string[];
}

export function createImpact<Of extends Kind>({ diagram }: DiagramProgram, { kind, label, menu, begin, render }: Impact<Of>): DiagramFeature {
  const look = createLook(diagram);
  let entity: string | null = null;
  let terms: Terms<Of> | null = null;
  /** How many tables were painted when one last looked at them. */
  let painted = 0;

  const panel = createSidePanel(label, (giveFocusBack) => {
    const wasAbout = entity;
    entity = null;
    showMarkings(diagram, null);
    look.back();
    if (!giveFocusBack) return;
    if (wasAbout !== null && diagram.stage.interaction.selected === null) diagram.selectTable(wasAbout, null, 'stay');
    diagram.focusBack();
  });

  const ask = (): void => {
    if (entity !== null) diagram.host.post({ type: 'ask', question: { kind, entity, ...terms } as DiagramQuestion });
  };
  const open = (idOrName: string): void => {
    entity = diagram.findBox(idOrName)?.id ?? idOrName;
    terms = begin(terms);
    painted = 0;
    diagram.clearSelection();
    ask();
  };
  const change = (next: Partial<Terms<Of>>): void => {
    if (terms) terms = { ...terms, ...next };
    ask();
  };
  const show = (answer: Answers[Of]): void => {
    if (terms === null || answer.impact.entity !== entity) return;
    const { title, content, markings, nearby = [] } = render(answer, terms, change);
    panel.makeRoom();
    showMarkings(diagram, markings);
    // What was asked for next may lead out of view.
    if (markings.tables.size > painted) look.at([...markings.tables.keys(), ...nearby]);
    painted = Math.max(painted, markings.tables.size);
    panel.show(title, content);
  };

  return {
    root: panel.root,
    menuItems: (hit) => (hit.kind === 'box' ? [{ ...menu, run: () => open(hit.box.id) }] : []),
    receive(message) {
      if (message.type === 'open' && message.view.kind === kind) open(message.view.entity);
      else if (message.type === 'model' && panel.isOpen) ask();
      else if (message.type !== 'answer') return;
      else if (message.answer.kind === kind) show(message.answer as Answers[Of]);
      else if (message.answer.kind === 'failed' && message.answer.question === kind && entity !== null)
        panel.show([label], [element('p', {}, [message.answer.reason])]);
    },
    escape: () => panel.close(),
  };
}
