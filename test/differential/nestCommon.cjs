// The one function of @nestjs/common that entities use, for the cases that import it.
module.exports.applyDecorators =
  (...decorators) =>
  (target, key, descriptor) => {
    for (const decorate of decorators) decorate(target, key, descriptor);
  };
