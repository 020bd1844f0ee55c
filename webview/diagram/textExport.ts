/** What is shown as text in another tool's language: written by the language server, which has more of the entities than a picture shows. */
import type { DiagramAnswer, TextFormat } from '../../src/protocol/diagramQuestions';
import type { DiagramFeature, DiagramProgram } from './program';

const formats: readonly (readonly [format: TextFormat, label: string, file: string])[] = [
  ['mermaid', 'Mermaid', 'relations.mmd'],
  ['dbml', 'DBML', 'relations.dbml'],
  ['plantuml', 'PlantUML', 'relations.puml'],
  ['dot', 'Graphviz DOT', 'relations.dot'],
];

export function createTextExport({ diagram }: DiagramProgram): DiagramFeature {
  const ask = (format: TextFormat): void =>
    diagram.host.post({ type: 'ask', question: { kind: 'text', format, entities: diagram.model.tables.map(({ id }) => id) } });

  const save = ({ format, text }: Extract<DiagramAnswer, { kind: 'text' }>): void => {
    const name = formats.find(([own]) => own === format)?.[2] ?? 'relations.txt';
    diagram.host.post({ type: 'saveFile', name, mime: 'text/plain', base64: toBase64(text) });
  };

  return {
    exportItems: () =>
      formats.map(([format, label], index) => ({
        icon: 'file-code',
        label: `Export as ${label}`,
        ...(index === 0 ? { startsGroup: true } : {}),
        run: () => ask(format),
      })),
    receive(message) {
      if (message.type !== 'answer') return;
      if (message.answer.kind === 'text') save(message.answer);
      else if (message.answer.kind === 'failed' && message.answer.question === 'text')
        diagram.host.post({ type: 'failed', message: `The diagram could not be exported. ${message.answer.reason}` });
    },
  };
}

function toBase64(text: string): string {
  // btoa takes letters of one byte only.
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
