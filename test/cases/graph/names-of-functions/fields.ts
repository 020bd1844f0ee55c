import 'reflect-metadata';

type Decorate = (target: object, property: string) => void;

/** Notes the field's kind by the name of the function that made its decorator. */
function noted(kind: string, options: object = {}): Decorate {
  return (target, property) => {
    const fields = (Reflect.getMetadata('fields', target) ?? []) as object[];
    Reflect.defineMetadata('fields', fields.concat({ property, kind, options }), target);
  };
}

export function KeyField(): Decorate {
  return noted(KeyField.name);
}

export const TextField = (options?: object): Decorate => noted(TextField.name, options);

export const CountField = function (): Decorate {
  return noted(CountField.name);
};

export const DateField = function When(): Decorate {
  return noted(DateField.name);
};

export const kinds = {
  Flag: () => noted(kinds.Flag.name),
  Note(): Decorate {
    return noted(kinds.Note.name);
  },
};

const [first] = [() => noted('')];
export const Anonymous = first;
