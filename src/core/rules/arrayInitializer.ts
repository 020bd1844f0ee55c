import { factsOf, fixOf, isToMany, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** `books: Book[] = []`: TypeORM refuses to start, because saving a half-loaded entity would then delete its children. It does not look where it makes entities without their constructors. */
export const arrayInitializer = relationRule('array-initializer', (context, entity, relation) => {
  const initializer = factsOf(context, relation)?.arrayInitializer;
  if (!initializer || entity.skipsConstructor || !isToMany(relation)) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is initialised with an array; TypeORM refuses to start with that, because saving an entity whose relation was not loaded would remove every ${relation.target}.`,
    source: initializer,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const member = syntax?.member;
      if (!syntax || !member || !syntax.source.typescript.isPropertyDeclaration(member) || !member.initializer) return [];
      const before = member.type?.end ?? member.name.end;
      const bang = member.exclamationToken || member.questionToken ? '' : needsBang(syntax.source.text) ? '!' : '';
      const changes = [
        ...(bang ? [{ start: member.name.end, end: member.name.end, newText: bang }] : []),
        { start: before, end: member.initializer.end, newText: '' },
      ];
      return fixOf('Remove the initializer', [{ source: syntax.source, changes }]);
    },
  };
});

/** Files whose other properties say `!` are compiled under strictPropertyInitialization. */
function needsBang(text: string): boolean {
  return /^\s+(?:public |private |protected |readonly )*\w+!\s*:/m.test(text);
}
